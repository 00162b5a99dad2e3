import type { SlotAzure } from '../../azure/connect.ts'
import { AzureCallError, isPassing } from '../../azure/errors.ts'
import { joined, runChecks, type CheckedResource, type CheckResults } from '../../domain/checks/checks.ts'
import { plannedWrites, type Making } from '../../domain/checks/planned-writes.ts'
import { policyChecks } from '../../domain/checks/policy.ts'
import { rulingsOn } from '../../domain/checks/policy-rulings.ts'
import { regionChecks } from '../../domain/checks/region.ts'
import { refusedChecks } from '../../domain/checks/refused.ts'
import type { SlotTemplateObserved } from '../../domain/checks/slot-template.ts'
import { subscriptionAccessChecks, subscriptionChecks, type AccessExpected } from '../../domain/checks/subscription.ts'
import { vaultRoleChecks } from '../../domain/checks/vault-roles.ts'
import { vaultNameChecks } from '../../domain/checks/vault-name.ts'
import { vaultTellsChecks } from '../../domain/checks/vault-tells.ts'
import type { Call, Slot } from '../../domain/terms/evidence.ts'
import { callsOf } from '../../domain/terms/reading.ts'
import type { OwnResources } from '../../domain/terms/own-resource.ts'
import { ofSlot, slotIdentity } from '../../domain/terms/by-slot.ts'
import type { PlanContent, PolicyPlan, VaultPlan } from '../../domain/plan/plan.ts'
import { roleName } from '../../domain/terms/role-names.ts'
import { vaultRole } from '../../domain/checks/vault-role.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'
import { eventsWanted } from '../vaults/events.ts'
import { ownResources } from './own-resources.ts'
import { isForWantOfRights, rightsChecked, rightsSeen } from './slot-rights.ts'

/**
 * One subscription: paid, enabled, of the tenant, ours alone, ruled by nothing contrary; and every vault
 * name and region (R2–R12, R31). One that the slot's identity may not read is a finding beside all others.
 */
export const inspectSubscription =
  (reach: PlannedReach): Step<'inspect-subscription'> =>
  async (input) => {
    const { azure, config, plans } = reach
    const { onboarding, now: at, slot } = input
    const step: AccessExpected['step'] = input.step ?? 'preflight'
    const plan = await plans.workedBy(input)
    const { subscriptionId } = ofSlot(plan.slots, slot)
    const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at }
    const { name, results } = await subscriptionSeen(reach, {
      ...{ plan, slot, step, onboarding, about },
      events: (vault) => eventsWanted(config, vault)
    })
    const place = { store: slotIdentity(slot), onboarding, step: `${step}/subscription`, dryRun: 'draft' in input }
    return { name, ...(await checked(azure, place, results)) }
  }

/** What Azure refuses to show finally is among the results. */
export async function subscriptionSeen(
  reach: Reach,
  look: Omit<SubscriptionLook, 'namePrefix' | 'own' | 'known'>
): Promise<SubscriptionSeen> {
  const { azure } = reach
  const known = await ownResources(azure, look.plan)
  const looking = { ...look, known, own: azure.slot(look.slot), namePrefix: look.plan.namePrefix }
  const { slot, step, about, plan } = look
  const { region } = ofSlot(plan.slots, slot)
  const expected = { slot, step, subscriptionId: about.resource, region, namePrefix: plan.namePrefix }
  const rights = await rightsSeen(reach, expected)
  try {
    const { name, results, alertsMissing, alertsBy } = await looked(looking)
    const deployed = rights
      ? [
          rightsChecked(rights, expected, {
            about,
            alertsMissing,
            alertsBy,
            ...(rights.refused && { refused: rights.refused })
          })
        ]
      : []
    return { name, results: [...results, ...deployed] }
  } catch (error) {
    if (rights && isForWantOfRights(error, rights))
      return { name: '', results: [rightsChecked(rights, expected, { about, refused: error })] }
    return { name: '', results: [refused(looking, error)] }
  }
}

interface SubscriptionSeen {
  readonly name: string
  readonly results: readonly CheckResults[]
}

interface SubscriptionLook {
  readonly own: SlotAzure
  readonly known: OwnResources
  readonly plan: PlanContent
  readonly slot: Slot
  readonly step: AccessExpected['step']
  readonly namePrefix: string
  readonly onboarding: string
  readonly about: Omit<CheckedResource, 'call'>
  /** Where events go that are still to be asked for. */
  readonly events?: Making['events']
}

/** Of a subscription that is not there, or whose reading Azure refuses: another cause than a missing role has its own cure. */
function refused({ slot, step, namePrefix, about }: SubscriptionLook, error: unknown): CheckResults {
  if (!(error instanceof AzureCallError) || isPassing(error) || error.kind === 'unreadable') throw error
  const of = { ...about, call: error.call }
  if (error.refused && !['subscription-unseen', 'role-missing'].includes(error.refused.cause))
    return runChecks([refusedChecks[error.refused.cause]], error.refused, undefined, of)
  if (!['not-found', 'forbidden'].includes(error.kind)) throw error
  const expected = { subscriptionId: about.resource, slot, namePrefix, step }
  return runChecks(subscriptionAccessChecks, { refusal: error.happened }, expected, of)
}

async function looked({
  own,
  known,
  plan,
  step,
  onboarding,
  about,
  events,
  ...named
}: SubscriptionLook): Promise<
  SubscriptionSeen & Pick<SlotTemplateObserved, 'alertsMissing'> & { readonly alertsBy: Call }
> {
  const { slot } = named
  const { resource: subscriptionId, at } = about
  const { value: found, call } = await own.subscriptions.get(subscriptionId)
  const resources = await own.subscriptions.resources(subscriptionId, known)
  const provider = await own.providers.keyVault(subscriptionId)
  const observed = { ...found, keyVaultProvider: provider.value.state, foreignResources: resources.value.foreign }
  const access = runChecks(
    subscriptionAccessChecks,
    { refusal: undefined },
    { subscriptionId, step, ...named },
    { ...about, call }
  )
  const calls = [call, resources.call, provider.call]
  const subscription = runChecks(subscriptionChecks, observed, plan.organization, { ...about, call: calls })
  const wanted = { subscriptionId, regions: regionsIn(plan, slot) }
  const offered = { offered: provider.value.regions }
  const regions = runChecks(regionChecks, offered, wanted, { ...about, call: provider.call })
  const isMade = step !== 'preflight'
  const writes = plannedWrites({ plan, slot, onboarding, now: at, isMade, ...(events && { events }) })
  const written = writes.map(({ id }) => id)
  const rules = await own.policies.listForSubscription(subscriptionId, { now: at, written })
  const rulings = rulingsOn(rules.value, { writes, now: at })
  const governed = runChecks(policyChecks, { rulings }, { subscriptionId }, { ...about, call: callsOf(rules) })
  // Azure takes no name check in a subscription that is not enabled: a finding already, and names are seen with its retry.
  // Before the hand-off the names are taken, by the vaults that are read themselves.
  const policies = found.state === 'Enabled' && step === 'preflight' ? plan.policies : []
  const vaults = policies.flatMap((policy) =>
    policy.vaults.filter((vault) => vault.slot === slot).map((vault) => ({ vault, policy }))
  )
  const names = await Promise.all(vaults.map((each) => nameSeen(own, each, { onboarding, at })))
  const roles = plan.authorization === 'rbac' ? [await rolesSeen(own, named, about)] : []
  const { alertsMissing } = resources.value
  return {
    name: found.displayName,
    alertsMissing,
    alertsBy: resources.call,
    results: [access, subscription, regions, governed, ...roles, ...names]
  }
}

/** Where the slot has vaults or its resource group. */
const regionsIn = ({ slots, policies }: PlanContent, slot: Slot): string[] => [
  ...new Set([
    ...slots.filter((each) => each.slot === slot).map(({ region }) => region),
    ...policies.flatMap(({ vaults }) => vaults.filter((vault) => vault.slot === slot).map(({ region }) => region))
  ])
]

async function rolesSeen(
  own: SlotAzure,
  { slot, namePrefix }: { readonly slot: Slot; readonly namePrefix: string },
  about: Omit<CheckedResource, 'call'>
): Promise<CheckResults> {
  const { value: roles, call } = await own.roleAssignments.customRoles(about.resource)
  const titles = { administrator: 'administrator', slotIdentity: 'keeper' } as const
  const missing = (['administrator', 'slotIdentity'] as const)
    .filter((kind) => vaultRole(roles, kind) === undefined)
    .map((kind) => roleName(titles[kind], namePrefix, slot))
  return runChecks(vaultRoleChecks, { missing }, { slot, subscriptionId: about.resource }, { ...about, call })
}

interface Moment {
  readonly onboarding: string
  readonly at: string
}

async function nameSeen(
  own: SlotAzure,
  { vault, policy }: { readonly vault: VaultPlan; readonly policy: PolicyPlan },
  { onboarding, at }: Moment
): Promise<CheckResults> {
  const { value, ...by } = await own.vaults.name(vault, onboarding)
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at, call: callsOf(by) }
  const { workload, scope } = policy
  return joined([
    runChecks(vaultNameChecks, value, undefined, about),
    runChecks(vaultTellsChecks, value, { workload, scope }, about)
  ])
}
