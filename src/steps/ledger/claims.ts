import type { RecordStore } from '../../contracts/record-store.ts'
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

/** Onboardings that hold a tenant, begun or not. */
export async function openOnboardings(store: RecordStore): Promise<readonly string[]> {
  const claims = (await chainsIn(store).all(claimChains)).filter(({ chain }) => tenantOfClaims(chain) !== undefined)
  const holders = await eachOf(claims, async ({ entries }) => {
    const newest = entriesOfKind(entries, 'claim').at(-1)?.said.onboarding
    return newest === undefined || (await isOver(store, newest)) ? [] : [newest]
  })
  return holders.flat()
}

const isOver = async (store: RecordStore, onboarding: string): Promise<boolean> =>
  isClosed(await chainsIn(store).read(onboardingChain(onboarding), isClosed))
