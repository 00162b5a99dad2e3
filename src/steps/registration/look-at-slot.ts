import { runChecks } from '../../domain/checks/checks.ts'
import { registeredChecks } from '../../domain/checks/registration.ts'
import { setupRoleChecks } from '../../domain/checks/setup-role.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'

/** One subscription before the hand-off: still registered, and this app able to change nothing in it any more (R26, R34). */
export const lookAtSlot =
  ({ azure }: Reach): Step<'look-at-slot'> =>
  async (input) => {
    const { onboarding, now: at, slot, subscriptionId, slotIdentity: objectId } = input
    const own = azure.slot(slot)
    const feature = await own.features.state(subscriptionId)
    // Everywhere in the subscription: the set-up role works from a resource group as well, and through a group.
    const { value: roles, call } = await own.roleAssignments.heldBy(subscriptionId, objectId)
    const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at }
    return checked(azure, { store: slotIdentity(slot), onboarding, step: 'verification/subscription' }, [
      runChecks(registeredChecks, { state: feature.value }, { subscriptionId }, { ...about, call: feature.call }),
      runChecks(setupRoleChecks, { roles }, { objectId }, { ...about, call })
    ])
  }
