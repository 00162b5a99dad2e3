import type { SlotAzure } from '../azure/connect.ts'
import { buildPlan } from '../domain/build-plan.ts'
import { runChecks, type CheckedResource, type CheckResults } from '../domain/checks.ts'
import { policyChecks } from '../domain/checks-policy.ts'
import { subscriptionChecks } from '../domain/checks-subscription.ts'
import { vaultRoleChecks } from '../domain/checks-vault-roles.ts'
import { vaultNameChecks } from '../domain/checks-vault-name.ts'
import { slotIdentity, type Slot } from '../domain/evidence.ts'
import type { Plan, VaultPlan } from '../domain/plan.ts'
import { roleName } from '../domain/role-names.ts'
import { vaultRole } from '../domain/vault-roles.ts'
import type { Reach, Work } from './activity.ts'
import { checked } from './checked.ts'
import { sha256 } from './digests.ts'

/** One subscription: paid, enabled, of the tenant, ours alone, ruled by nothing contrary; and every vault name (R2–R12, R31). */
export const inspectSubscription = ({ azure }: Reach): Work<'inspect-subscription'> => async (input) => {
  const { onboarding, now: at, request, slot, dryRun } = input
  const plan = buildPlan(request, sha256)
  const own = azure.slot(slot)
  const { subscriptionId } = plan.slots[slot - 1] ?? plan.slots[0]
  const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at }
  const { value: found, call } = await own.subscriptions.get(subscriptionId)
  const foreign = await own.subscriptions.foreignResources(subscriptionId)
  const provider = await own.providers.state(subscriptionId)
  const expectedTenantId = plan.organization.tenantId
  const seen = { ...found, keyVaultProvider: provider.value, foreignResources: foreign.value, expectedTenantId }
  const subscription = runChecks(subscriptionChecks, seen, { ...about, call })
  const rules = await own.policies.listForSubscription(subscriptionId, at)
  const governing = { subscriptionId, regions: regionsIn(plan, slot), policies: rules.value }
  const governed = runChecks(policyChecks, governing, { ...about, call: rules.call })
  // Azure takes no name check in a subscription that is not enabled: a finding already, and names are seen with its retry.
  const policies = found.state === 'Enabled' ? plan.policies : []
  const vaults = policies.flatMap((policy) => policy.vaults.filter((vault) => vault.slot === slot))
  const names = await Promise.all(vaults.map((vault) => nameSeen(own, vault, { onboarding, at })))
  const roles = plan.authorization === 'rbac' ? [await rolesSeen(own, { slot, namePrefix: request.namePrefix }, about)] : []
  const place = { store: slotIdentity(slot), onboarding, step: 'preflight/subscription', dryRun }
  return { name: found.displayName, ...(await checked(azure, place, [subscription, governed, ...roles, ...names])) }
}

/** Where the slot has vaults or its resource group. */
const regionsIn = ({ slots, policies }: Plan, slot: Slot): string[] => [...new Set([
  ...slots.filter((each) => each.slot === slot).map(({ region }) => region),
  ...policies.flatMap(({ vaults }) => vaults.filter((vault) => vault.slot === slot).map(({ region }) => region))
])]

async function rolesSeen(
  own: SlotAzure, { slot, namePrefix }: { readonly slot: Slot; readonly namePrefix: string }, about: Omit<CheckedResource, 'call'>
): Promise<CheckResults> {
  const { value: roles, call } = await own.roleAssignments.customRoles(about.resource)
  const titles = { administrator: 'administrator', slotIdentity: 'keeper' } as const
  const missing = (['administrator', 'slotIdentity'] as const).filter((kind) => vaultRole(roles, kind) === undefined)
    .map((kind) => roleName(titles[kind], namePrefix, slot))
  return runChecks(vaultRoleChecks, { slot, subscriptionId: about.resource, missing }, { ...about, call })
}

interface Moment {
  readonly onboarding: string
  readonly at: string
}

async function nameSeen(own: SlotAzure, vault: VaultPlan, { onboarding, at }: Moment): Promise<CheckResults> {
  const { value, call } = await own.vaults.nameSeen(vault, onboarding)
  return runChecks(vaultNameChecks, value, { resource: vault.vaultName, suffix: vault.vaultName, at, call })
}
