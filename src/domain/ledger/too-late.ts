import { chainParts } from './chains.ts'
import { entriesOfKind, type Entry } from './entry.ts'

/** A chain by its name, as it stands. */
export interface NamedChain {
  readonly chain: string
  readonly entries: readonly Entry[]
}

/**
 * What a cancel or a halt did not stop any more (LEDGER rule 11): what had been looked at before it was said, and was not over.
 * What was over before stands in the story. For a reader, e.g. `make-key (exchange-na, slot 1)`.
 */
export const tooLateFor = (chains: readonly NamedChain[], { moment }: Pick<Entry, 'moment'>): string[] =>
  chains.flatMap(({ chain, entries }) => {
    const outcomes = entriesOfKind(entries, 'outcome')
    return entriesOfKind(entries, 'intent')
      .filter(({ said }) => {
        const of = outcomes.filter((outcome) => outcome.said.intent === said.id)
        const wasHeld = of.at(-1)?.said.outcome === 'held'
        const wasOver = of.some((outcome) => outcome.said.outcome !== 'held' && outcome.moment < moment)
        return !wasHeld && !wasOver
      })
      .map(({ said }) => said.activity + whereIn(chain))
  })

function whereIn(chain: string): string {
  const { branch } = chainParts(chain) ?? {}
  return branch ? ` (${branch.policy}, slot ${String(branch.slot)})` : ''
}
