import type { RecordStore } from '../../contracts/record-store.ts'
import type { OfLedger } from '../../contracts/ledger.ts'
import { onboardingChain, type Author } from '../../domain/ledger/chains.ts'
import type { Entry, Saying } from '../../domain/ledger/entry.ts'
import { isSuperseded } from '../../domain/ledger/held.ts'
import { chainsIn } from '../../records/ledger/chains.ts'

/** A newer generation carries the chain, or none any more: this one has nothing more to do (`held` of an outcome). */
export class Superseded extends Error {
  override readonly name = 'Superseded'

  constructor({ chain, generation }: Author) {
    super(
      `Generation ${String(generation)} of ${chain} is over: another one goes on, or all is done. It does nothing more.`
    )
  }
}

/** Whose work it is. What `act` of src/orchestrators/durable.ts calls always says it. */
export function authorOf({ as, onboarding }: OfLedger): Author {
  if (as) return as
  throw new Error(`An activity of the ledger of ${onboarding} was called without its author. Call it by act().`)
}

/** Adds to the author's own chain. Throws `Superseded` where a newer generation carries it. */
export async function addAs(store: RecordStore, author: Author, said: Saying): Promise<Entry> {
  const goesOn = (entries: readonly Entry[]) => !isSuperseded(entries, author.generation)
  const added = await chainsIn(store).add(author.chain, said, goesOn)
  if (added) return added.entry
  throw new Superseded(author)
}

/** The author's own chain, and that of the whole onboarding. */
export interface BothChains {
  readonly own: readonly Entry[]
  readonly whole: readonly Entry[]
}

export async function bothChains(store: RecordStore, { chain }: Author, onboarding: string): Promise<BothChains> {
  const chains = chainsIn(store)
  const parent = onboardingChain(onboarding)
  if (chain === parent) return chains.read(chain).then((own) => ({ own, whole: own }))
  const [own, whole] = await Promise.all([chains.read(chain), chains.read(parent)])
  return { own, whole }
}
