import { runChecks } from '../../domain/checks/checks.ts'
import { registeredChecks } from '../../domain/checks/registration.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'
import { identitiesHeld } from './identities-held.ts'

/** One subscription before the hand-off: still registered, and this app able to change nothing in it any more (R26, R34). */
export const lookAtSlot =
  (reach: Reach): Step<'look-at-slot'> =>
  async ({ onboarding, now: at, slot, subscriptionId }) => {
    const { azure } = reach
    const feature = await azure.slot(slot).features.state(subscriptionId)
    const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at, call: feature.call }
    return checked(azure, { store: slotIdentity(slot), onboarding, step: 'verification/subscription' }, [
      runChecks(registeredChecks, { state: feature.value }, { subscriptionId, wasRegistered: true }, about),
      await identitiesHeld(reach, { slot, subscriptionId, at })
    ])
  }
