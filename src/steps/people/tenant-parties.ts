import { claimChain, onboardingChain } from '../../domain/ledger/chains.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { isGroup, type Party } from '../../domain/people/parties.ts'
import type { Slot } from '../../domain/terms/evidence.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { keptPlan } from '../../records/plan.ts'
import { readTenantPeople, type TenantPeople } from '../../records/tenant-people.ts'
import type { Reach } from '../step.ts'
import { changesIn, partiesIn } from './parties-of.ts'

/** Who stands for the slots of the tenant, outside any onboarding. */
export interface TenantParties {
  readonly parties: readonly Party[]
  /** Which subscription is a slot's; empty where no onboarding said it. */
  readonly subscriptions: readonly { readonly slot: Slot; readonly subscriptionId: string }[]
}

/**
 * As the newest onboarding has it that both slots approved, with everybody who changed since, by the ledger; else as both slots
 * said it with the first vault that was handed over. Undefined where nobody has said it yet.
 */
export async function tenantParties({ azure }: Reach, tenantId: string): Promise<TenantParties | undefined> {
  const { store } = azure.app
  const chains = chainsIn(store)
  const claims = entriesOfKind(await chains.read(claimChain(tenantId)), 'claim')
  for (const { said } of claims.toReversed()) {
    const entries = await chains.read(onboardingChain(said.onboarding))
    const kept = isApproved(entries) ? await keptPlan(store, said.onboarding) : undefined
    if (kept === undefined) continue
    const { plan } = kept
    const parties = partiesIn(entries, plan, await changesIn(store, entries, plan))
    return { parties, subscriptions: plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId })) }
  }
  const known = await readTenantPeople(store, tenantId)
  return known && { parties: partiesSaid(known), subscriptions: [] }
}

const isApproved = (entries: readonly Entry[]): boolean =>
  entriesOfKind(entries, 'chapter').some(({ said }) => said.step === 'approvals')

export const partiesSaid = ({ slots }: TenantPeople): Party[] =>
  slots.flatMap(({ slot, operators }) =>
    operators.map(({ party, objectId }) => ({ slot, objectId, isGroup: isGroup(party), isOperator: true }))
  )
