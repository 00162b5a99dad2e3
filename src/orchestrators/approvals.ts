import { kindOf } from '../domain/tasks/task-kinds.ts'
import { noteDone } from './board.ts'
import { questionOf } from './people.ts'
import { askChapter } from './ask-chapter.ts'
import type { Story } from './durable.ts'
import type { Run } from './run.ts'
import type { Answer } from '../domain/tasks/answers.ts'

/** Two different people approve, each their own slot, before the registration that cannot be undone (R11). */
export function* approvals(run: Run): Story<Answer[]> {
  const { board, plan } = run
  const answers = yield* askChapter(
    run,
    'approvals',
    plan.slots.map(({ slot }) => questionOf(run, { kind: 'approve', slot }, { planDigest: plan.digest }))
  )
  noteDone(
    board,
    'Approved',
    answers.map(({ task, by }) => `${kindOf(task).reads.status(task)} by ${by}`).join(' · '),
    ['R11']
  )
  return answers
}
