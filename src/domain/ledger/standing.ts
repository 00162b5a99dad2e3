import { bothSlots } from '../terms/by-slot.ts'
import { taskName, type TaskKind } from '../tasks/task.ts'
import { entriesOfKind, type Entry } from './entry.ts'
import { judgementsIn } from './judgements.ts'

/** What stands against going on: an end, or a halt that not both slots have lifted. */
export interface Standing {
  readonly kind: 'cancel' | 'halt'
  /** Of the answer that says so. */
  readonly answer: string
}

/** `cancel` and `halt` stand from their entry, before anybody has heard them, until they are refused or lifted. */
export function standingIn(entries: readonly Entry[]): Standing | undefined {
  const answers = entriesOfKind(entries, 'answer')
  const judgements = judgementsIn(entries)
  const stands = ({ said }: Entry<'answer'>) => (judgements.get(said.id)?.verdict ?? 'taken') === 'taken'
  const cancel = answers.find((each) => each.said.task === taskName({ kind: 'cancel' }) && stands(each))
  if (cancel) return { kind: 'cancel', answer: cancel.said.id }
  const halt = answers.findLast((each) => each.said.task === taskName({ kind: 'halt' }) && stands(each))
  if (halt === undefined) return undefined
  const lifted = bothSlots.every((slot) =>
    answers.some(
      ({ n, said }) =>
        n > halt.n && said.task === taskName({ kind: 'go-on', slot }) && judgements.get(said.id)?.verdict === 'taken'
    )
  )
  return lifted ? undefined : { kind: 'halt', answer: halt.said.id }
}

/** Tasks that may be answered at any time from start to end, whatever is asked. */
export const alwaysOpen = ['cancel', 'halt'] as const satisfies readonly TaskKind[]

/** The number of the newest generation; 1 where none was written down yet. */
export const newestGeneration = (entries: readonly Entry[]): number => Math.max(1, generationsIn(entries))

/** How many generations were written down. */
export const generationsIn = (entries: readonly Entry[]): number =>
  Math.max(0, ...entriesOfKind(entries, 'generation').map(({ said }) => said.number))
