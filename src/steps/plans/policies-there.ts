import type { RecordStore } from '../../contracts/record-store.ts'
import type { OnboardingRequest } from '../../domain/request/request.ts'
import type { PolicyThere } from '../../domain/request/tenant-limits.ts'
import { claimChain, onboardingChain } from '../../domain/ledger/chains.ts'
import { entriesOfKind } from '../../domain/ledger/entry.ts'
import { isClosed } from '../../domain/ledger/judgements.ts'
import { eachOf } from '../../at-a-time.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { keptPlan } from '../../records/plan.ts'

/** Every policy that another onboarding of the tenant has completed, by the ledger and the plans that were approved. */
export async function policiesThere(
  store: RecordStore,
  { id, organization }: Pick<OnboardingRequest, 'id' | 'organization'>
): Promise<PolicyThere[]> {
  const chains = chainsIn(store)
  const claims = entriesOfKind(await chains.read(claimChain(organization.tenantId)), 'claim')
  const ids = [...new Set(claims.map(({ said }) => said.onboarding))].filter((onboarding) => onboarding !== id)
  const found = await eachOf(ids, async (onboarding) => {
    const [end] = entriesOfKind(await chains.read(onboardingChain(onboarding), isClosed), 'closed')
    if (end?.said.outcome !== 'completed') return []
    const kept = await keptPlan(store, onboarding)
    return (kept?.request.policies ?? []).map(({ workload, scope }) => ({ onboarding, workload, scope }))
  })
  return found.flat()
}
