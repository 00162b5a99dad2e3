import { AzureCallError, isPassing } from '../../azure/errors.ts'
import type { Azure } from '../../azure/connect.ts'
import type { Graph } from '../../azure/graph.ts'
import { administersGroup, administratorsApartChecks } from '../../domain/checks/administrators-apart.ts'
import type { AdministratorSeen } from '../../domain/checks/administrators-of-both.ts'
import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import type { PlanContent, SlotPlan } from '../../domain/plan/plan.ts'
import type { RoleHolder } from '../../domain/resources/role.ts'
import type { Call } from '../../domain/terms/evidence.ts'
import { callsOf, type Reading } from '../../domain/terms/reading.ts'
import { sameText } from '../../domain/terms/same-text.ts'
import { orUnread } from '../or-unread.ts'

/**
 * Whether each resource group has administrators of its own (R32): those of both slots beside each other, groups expanded, with
 * those who may take the role on. Nothing of a subscription that cannot be read: that is a finding of its own. `look`: as
 * `reaching` has it.
 */
export async function administratorsApart(
  azure: Azure,
  { slots, organization }: PlanContent,
  at: string,
  look?: string
): Promise<CheckResults[]> {
  const emergency = organization.emergencyAccounts ?? []
  const [first, second] = await Promise.all(slots.map((slot) => administratorsSeen(azure, slot, { emergency, look })))
  if (!first || !second) return []
  const unread = [...first.value.unread, ...second.value.unread]
  return slots.map(({ slot, subscriptionId, resourceGroup }) => {
    const [own, other] = slot === 1 ? [first, second] : [second, first]
    const observed = { own: own.value.holders, other: other.value.holders, unread }
    const calls = [other, own].flatMap((seen) => seen.calls ?? seen.call) // its own last: evidence of it names that first
    const about = { resource: subscriptionId, suffix: `slot-${slot}`, at, call: calls }
    return runChecks(administratorsApartChecks, observed, { subscriptionId, resourceGroup }, about)
  })
}

interface SlotSeen {
  readonly holders: readonly AdministratorSeen[]
  /** What could not be read, and why. */
  readonly unread: readonly string[]
}

interface Knowing {
  /** Object ids of the request’s emergency accounts. */
  readonly emergency: readonly string[]
  readonly look: string | undefined
}

async function administratorsSeen(
  azure: Azure,
  { slot, subscriptionId, resourceGroup }: SlotPlan,
  { emergency, look }: Knowing
): Promise<Reading<SlotSeen> | undefined> {
  const { roleAssignments } = azure.slot(slot)
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`
  try {
    const { value: held, ...by } = await roleAssignments.reaching(subscriptionId, group, look)
    const eligible = await orUnread(
      `eligible roles (PIM) in ${subscriptionId}`,
      roleAssignments.eligible(subscriptionId, group, look)
    )
    const scopes = [`/subscriptions/${subscriptionId}`, group]
    const delegated = await Promise.all(
      scopes.map((scope) =>
        orUnread(`what Azure Lighthouse delegates of ${scope}`, roleAssignments.delegated(subscriptionId, scope))
      )
    )
    const others = [eligible, ...delegated]
    const found = [
      ...[...held, ...delegated.flatMap(({ read }) => read?.value ?? [])]
        .filter(administersGroup)
        .map((holder) => ({ holder, isEligible: false })),
      ...(eligible.read?.value ?? []).filter(administersGroup).map((holder) => ({ holder, isEligible: true }))
    ]
    const expansions = await Promise.all(found.map((each) => expanded(azure.app.graph, each)))
    const holders = expansions.flatMap((each) => each.seen)
    const asked = [...others.flatMap(({ read }) => read ?? []), by].flatMap(callsOf)
    const calls = [...expansions.flatMap((each) => each.calls), ...asked]
    return {
      value: {
        holders: holders.map((each) => inEmergency(each, emergency)),
        unread: others.flatMap(({ unread }) => unread)
      },
      call: by.call,
      calls
    }
  } catch (error) {
    if (error instanceof AzureCallError && !isPassing(error) && isRefused(error)) return undefined
    throw error
  }
}

const isRefused = ({ kind, refused }: AzureCallError): boolean =>
  refused !== undefined || kind === 'not-found' || kind === 'forbidden'

interface Found {
  readonly holder: RoleHolder
  readonly isEligible: boolean
}

/** A group and its people: each may act. A partner’s group is of another tenant, which shows its people to nobody here. */
async function expanded(
  graph: Graph,
  { holder: { principalId, principalType, roleName, scope, tenant }, isEligible }: Found
): Promise<Expansion> {
  const held = { roleName, scope, ...(isEligible && { isEligible }), ...(tenant !== undefined && { tenant }) }
  if (principalType !== 'Group')
    return { seen: [{ ...held, objectId: principalId, kind: kindOf(principalType) }], calls: [] }
  const { value: members, call } = await graph.transitiveMembers(principalId, everybody).catch(unlessGone)
  const within = members.map(({ objectId, upn }): AdministratorSeen => {
    const kind = upn === undefined ? 'program' : 'person'
    return { ...held, objectId, kind, through: principalId }
  })
  return { seen: [{ ...held, objectId: principalId, kind: 'group' }, ...within], calls: [call] }
}

interface Expansion {
  readonly seen: readonly AdministratorSeen[]
  readonly calls: readonly Call[]
}

/** However many: one of them may be in the other slot. */
const everybody = Number.POSITIVE_INFINITY

/** What Azure does not name is taken for a person: an unknown is not a yes. */
function kindOf(principalType: string | undefined): AdministratorSeen['kind'] {
  if (principalType === 'ServicePrincipal') return 'program'
  return principalType === 'ForeignGroup' ? 'partner' : 'person'
}

const inEmergency = (seen: AdministratorSeen, emergency: readonly string[]): AdministratorSeen =>
  emergency.some((each) => sameText(each, seen.objectId)) ? { ...seen, kind: 'emergency' } : seen

/** Assignments outlive the groups they were made to. */
function unlessGone(error: unknown): Reading<[]> {
  if (error instanceof AzureCallError && error.kind === 'not-found') return { value: [], call: error.call }
  throw error
}
