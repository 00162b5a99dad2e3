import { kindOf } from '../domain/tasks/task-kinds.ts'
import { noteDone } from './board.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import { questionOf } from './people.ts'
import { askChapter } from './ask-chapter.ts'
import type { Story } from './durable.ts'
import type { Run } from './run.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import type { Question } from './question.ts'
import { whyNotApart } from './staff.ts'

/** Two different people approve, each their own slot, before the registration that cannot be undone (R11). */
export function* approvals(run: Run): Story<Answer[]> {
  const { board, plan } = run
  const answers = yield* askChapter(
    run,
    'approvals',
    plan.slots.map(({ slot }) => question(run, slot))
  )
  noteDone(
    board,
    'Approved',
    answers.map(({ task, by }) => `${kindOf(task).reads.status(task)} by ${by}`).join(' · '),
    ['R11']
  )
  return answers
}

function question(run: Run, slot: Slot): Question {
  return {
    ...questionOf(run, { kind: 'approve', slot }, { planDigest: run.plan.digest }),
    refuse: (answer, earlier) => whyNotApart(run, slot, answer, earlier)
  }
}
