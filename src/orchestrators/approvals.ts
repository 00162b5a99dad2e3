import type { Slot } from '../domain/evidence.ts'
import { taskNames } from '../domain/tasks.ts'
import type { Story } from './durable.ts'
import type { Run } from './onboarding.ts'
import { askAll, type Answered, type Question } from './people.ts'

/** Two different people approve, each their own slot, before the registration that cannot be undone (R11). */
export function* approvals({ context, board, plan }: Run): Story<Answered[]> {
  board.update({ step: 'approvals', waitingOn: 'people' })
  const answers = yield* askAll(context, board, plan.slots.map(({ slot, operators }) => question(slot, operators, plan.digest)))
  board.done('Approved', answers.map((answer) => `${answer.task.replace('approve-', '').replace('-', ' ')} by ${answer.by}`).join(' · '), [
    'R11'
  ])
  return answers
}

function question(slot: Slot, operators: readonly string[], digest: string): Question {
  return {
    name: taskNames.approve(slot),
    for: operators.join(', '),
    asks: `Read the plan ${digest.slice(0, 8)} and what it makes irrevocable in slot ${String(slot)}, make sure that its subscription is not ` +
      'under Legacy Support, which Azure does not tell the app, then approve it.',
    refuse: (answer, earlier) => {
      if (!operators.includes(answer.by)) return `${answer.by} is no operator of slot ${String(slot)}.`
      if (earlier.some((each) => each.by === answer.by)) return `${answer.by} approved the other slot; R11 asks for two people.`
      return undefined
    }
  }
}
