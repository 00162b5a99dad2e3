import { AzureCallError, isPassing } from '../../azure/errors.ts'
import type { Azure } from '../../azure/connect.ts'
import type { Graph } from '../../azure/graph.ts'
import {
  administersGroup,
  administratorsApartChecks,
  type AdministratorSeen
} from '../../domain/checks/administrators-apart.ts'
import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { mostPeople } from '../../domain/checks/people.ts'
import type { PlanContent, SlotPlan } from '../../domain/plan/plan.ts'
import type { RoleHolder } from '../../domain/resources/role.ts'
import type { Reading } from '../../domain/terms/reading.ts'

/**
 * Whether each resource group has administrators of its own (R32): those of both slots beside each other, groups expanded.
 * Nothing of a subscription that cannot be read: that is a finding of its own. `look`: as `reaching` has it.
 */
export async function administratorsApart(
  azure: Azure,
  { slots }: PlanContent,
  at: string,
  look?: string
): Promise<CheckResults[]> {
  const [first, second] = await Promise.all(slots.map((slot) => administratorsSeen(azure, slot, look)))
  if (!first || !second) return []
  return slots.map(({ slot, subscriptionId, resourceGroup }) => {
    const [own, other] = slot === 1 ? [first, second] : [second, first]
    const observed = { own: own.value, other: other.value }
    const about = { resource: subscriptionId, suffix: `slot-${slot}`, at, call: own.call }
    return runChecks(administratorsApartChecks, observed, { subscriptionId, resourceGroup }, about)
  })
}

async function administratorsSeen(
  azure: Azure,
  { slot, subscriptionId, resourceGroup }: SlotPlan,
  look: string | undefined
): Promise<Reading<AdministratorSeen[]> | undefined> {
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`
  try {
    const { value, call } = await azure.slot(slot).roleAssignments.reaching(subscriptionId, group, look)
    const holders = value.filter(administersGroup)
    const seen = await Promise.all(holders.map((holder) => expanded(azure.app.graph, holder)))
    return { value: seen.flat(), call }
  } catch (error) {
    if (error instanceof AzureCallError && !isPassing(error) && isRefused(error)) return undefined
    throw error
  }
}

const isRefused = ({ kind, refused }: AzureCallError): boolean =>
  refused !== undefined || kind === 'not-found' || kind === 'forbidden'

/** A group and its people: each may act. */
async function expanded(
  graph: Graph,
  { principalId, principalType, roleName, scope }: RoleHolder
): Promise<AdministratorSeen[]> {
  const holder = { roleName, scope }
  if (principalType !== 'Group')
    return [{ ...holder, objectId: principalId, isPerson: principalType !== 'ServicePrincipal' }]
  const { value: members } = await graph.transitiveMembers(principalId, mostPeople).catch(unlessGone)
  return [
    { ...holder, objectId: principalId, isPerson: true },
    ...members.map(({ objectId, upn }) => ({ ...holder, objectId, isPerson: upn !== undefined }))
  ]
}

/** Assignments outlive the groups they were made to. */
function unlessGone(error: unknown): { value: [] } {
  if (error instanceof AzureCallError && error.kind === 'not-found') return { value: [] }
  throw error
}
