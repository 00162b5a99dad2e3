import type { SlotAzure } from '../../azure/connect.ts'
import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { keptKeyWrite } from '../../domain/checks/planned-writes.ts'
import { policyChecks } from '../../domain/checks/policy.ts'
import { rulingsOn } from '../../domain/checks/policy-rulings.ts'
import { subscriptionChecks } from '../../domain/checks/subscription.ts'
import { callsOf } from '../../domain/terms/reading.ts'
import type { VaultRules } from '../../records/vault-rules.ts'

/** Nobody asked for these of a subscription that others set up. */
const notAsked = [
  'foreign-resources',
  'policy-locations',
  'policy-sku',
  'policy-tags',
  'policy-rewrites',
  'policy-other'
]

/**
 * The subscription of a vault that others made (R2, R7, R8, R42): its vault must go on being there, and its keys must not come
 * to expire. Where a person could override, none is there to ask at an adoption: what they would judge is left to them.
 */
export async function adoptedSubscriptionHeld(
  own: SlotAzure,
  { vault, tenantId }: Pick<VaultRules, 'vault' | 'tenantId'>,
  at: string
): Promise<CheckResults[]> {
  const { slot, subscriptionId } = vault
  const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at }
  const { value: found, call } = await own.subscriptions.get(subscriptionId)
  const provider = await own.providers.keyVault(subscriptionId)
  const write = keptKeyWrite(vault, at)
  const rules = await own.policies.listForSubscription(subscriptionId, { now: at, written: [write.id] })
  const observed = { ...found, keyVaultProvider: provider.value.state, foreignResources: [] }
  const rulings = rulingsOn(rules.value, { writes: [write], now: at })
  return [
    runChecks(subscriptionChecks.filter(isAsked), observed, { tenantId }, { ...about, call: [call, provider.call] }),
    runChecks(policyChecks.filter(isAsked), { rulings }, { subscriptionId }, { ...about, call: callsOf(rules) })
  ].map(({ evidence, findings }) => ({ evidence, findings: findings.filter(({ overridable }) => !overridable) }))
}

const isAsked = ({ code }: { readonly code: string }): boolean => !notAsked.includes(code)
