import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { setupRoleChecks, type OwnRole } from '../../domain/checks/setup-role.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Call, Slot } from '../../domain/terms/evidence.ts'
import { callsOf } from '../../domain/terms/reading.ts'
import type { Reach } from '../step.ts'

/** A subscription, looked at by its slot's identity; `at`: ISO 8601 UTC. */
interface Looked {
  readonly slot: Slot
  readonly subscriptionId: string
  readonly at: string
}

/**
 * Whether this app may only read in a subscription (R34): each of its three identities, since a role may be given to any of
 * them, everywhere in the subscription, since the set-up role works from a resource group as well, and through a group.
 * What is rightly held counts for nothing.
 */
export async function identitiesHeld(
  { azure, config }: Reach,
  { slot, subscriptionId, at }: Looked,
  isRightly: (role: OwnRole) => boolean = () => false
): Promise<CheckResults> {
  const roles: OwnRole[] = []
  const calls: Call[] = []
  for (const identity of ['app', slotIdentity(1), slotIdentity(2)] as const) {
    const { value: principal, call: looked } = await azure.app.graph.servicePrincipal(config.identities[identity])
    calls.push(looked)
    if (!principal) continue // nobody signs in as what the directory does not have
    const { objectId } = principal
    const { value, ...by } = await azure.slot(slot).roleAssignments.heldBy(subscriptionId, objectId)
    roles.push(...value.map((role) => ({ ...role, identity, objectId })))
    calls.push(...[callsOf(by)].flat())
  }
  const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at, call: calls }
  return runChecks(setupRoleChecks, { roles: roles.filter((role) => !isRightly(role)) }, undefined, about)
}
