import type { RecordStore } from '../../contracts/record-store.ts'
import type { OfLedger } from '../../contracts/ledger.ts'
import { onboardingChain, type Author } from '../../domain/ledger/chains.ts'
import type { Entry, Saying } from '../../domain/ledger/entry.ts'
import { isSuperseded } from '../../domain/ledger/held.ts'
import { chainsIn, type Added } from '../../records/ledger/chains.ts'

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
export async function addAs(store: RecordStore, author: Author, said: Saying): Promise<Added> {
  const goesOn = (entries: readonly Entry[]) => !isSuperseded(entries, author.generation)
  const added = await chainsIn(store).add(author.chain, said, goesOn)
  if (added) return added
  throw new Superseded(author)
}

/** The author's own chain, and that of the whole onboarding. */
export interface BothChains {
  readonly own: readonly Entry[]
  readonly whole: readonly Entry[]
}

export async function bothChains(
  store: RecordStore,
  { chain }: Author,
  { onboarding, justAdded }: OfBoth
): Promise<BothChains> {
  const chains = chainsIn(store)
  const parent = onboardingChain(onboarding)
  const ownChain = chains.read(chain, () => justAdded?.isNew === true)
  if (chain === parent) return ownChain.then((own) => ({ own, whole: own }))
  const [own, whole] = await Promise.all([ownChain, chains.read(parent)])
  return { own, whole }
}

interface OfBoth {
  readonly onboarding: string
  /**
   * What this very work has added to its own chain a moment ago: a number is taken only by whoever knows all before it, so that
   * nothing is asked of the store again (decision 159).
   */
  readonly justAdded?: Added | undefined
}
