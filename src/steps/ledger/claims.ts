import type { OpenChain, UnreadChain } from '../../contracts/ledger.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import { UnreadableRecord } from '../../contracts/unreadable-record.ts'
import { claimChain, claimChains, onboardingChain, tenantOfClaims } from '../../domain/ledger/chains.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { isClosed } from '../../domain/ledger/judgements.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { eachOf } from '../../at-a-time.ts'

/**
 * Claims a tenant for an onboarding, and says which one holds it now (LEDGER rule 18): the one that asked, or another that is
 * not closed. Whoever has claimed it once is told so again, even where it is closed since.
 */
export async function claimTenant(store: RecordStore, tenantId: string, onboarding: string): Promise<string> {
  const chains = chainsIn(store)
  const chain = claimChain(tenantId)
  for (;;) {
    const claims = entriesOfKind(await chains.read(chain), 'claim')
    const newest = claims.at(-1)
    if (claims.some(({ said }) => said.onboarding === onboarding)) return onboarding
    if (newest && !(await isOver(store, newest.said.onboarding))) return newest.said.onboarding
    const isStillNewest = (entries: readonly Entry[]) => entries.length === (newest?.n ?? 0)
    await chains.add(chain, { kind: 'claim', id: `claim.${onboarding}`, onboarding }, isStillNewest)
  }
}

/** Onboardings that hold a tenant, begun or not, with their chains; `unread` is told of chains that cannot be read. */
export async function openOnboardings(
  store: RecordStore,
  unread: (one: UnreadChain) => void = () => undefined
): Promise<readonly OpenChain[]> {
  const holders = await eachOf(await newestClaims(store), async (onboarding) => {
    try {
      return [{ onboarding, entries: await readUnlessClosed(store, onboarding) }]
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error
      unread({ chain: onboardingChain(onboarding), why: error })
      return []
    }
  })
  return holders.flat().filter(({ entries }) => !isClosed(entries))
}

/** The same, without those that are known here to be closed, and nothing asked of the others. */
export async function claimedOnboardings(store: RecordStore): Promise<readonly string[]> {
  const known = (onboarding: string) => chainsIn(store).read(onboardingChain(onboarding), () => true)
  const holders = await eachOf(await newestClaims(store), async (onboarding) =>
    isClosed(await known(onboarding)) ? [] : [onboarding]
  )
  return holders.flat()
}

/** Who has claimed each tenant last. */
async function newestClaims(store: RecordStore): Promise<readonly string[]> {
  const claims = (await chainsIn(store).all(claimChains)).filter(({ chain }) => tenantOfClaims(chain) !== undefined)
  return claims.flatMap(({ entries }) => entriesOfKind(entries, 'claim').at(-1)?.said.onboarding ?? [])
}

const isOver = async (store: RecordStore, onboarding: string): Promise<boolean> =>
  isClosed(await readUnlessClosed(store, onboarding))

/** What is closed stays so. */
const readUnlessClosed = (store: RecordStore, onboarding: string): Promise<readonly Entry[]> =>
  chainsIn(store).read(onboardingChain(onboarding), isClosed)
