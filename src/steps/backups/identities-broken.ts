import { eachOf } from '../../at-a-time.ts'
import { once } from '../../lazily.ts'
import { isForDrills, isForSetUp, type OwnRole } from '../../domain/checks/setup-role.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import type { Plan, SlotPlan } from '../../domain/plan/plan.ts'
import { sameText } from '../../domain/terms/same-text.ts'
import { keptPlan } from '../../records/plan.ts'
import { openOnboardings } from '../ledger/claims.ts'
import { identitiesHeld } from '../registration/identities-held.ts'
import type { Reach } from '../step.ts'
import { unlessUnseenEach } from './unseen.ts'

/**
 * Whether the app may only read still in both subscriptions of a plan (R34). A slot's own identity rightly holds the role for
 * drills where there are any, and that for the set-up while another onboarding goes on in the subscription.
 */
export function identitiesBroken(reach: Reach, plan: Plan, at: string): Promise<readonly Finding[]> {
  const goingOn = once(() => plansGoingOn(reach))
  return unlessUnseenEach(
    plan.slots,
    ({ subscriptionId }) => subscriptionId,
    async (slot) => {
      const isSettingUp = (await goingOn()).some((each) => !each || isIn(each, slot))
      const isRightly = (role: OwnRole): boolean =>
        role.identity === slotIdentity(slot.slot) &&
        sameText(role.scope, `/subscriptions/${slot.subscriptionId}`) &&
        ((reach.config.drillSchedule !== undefined && isForDrills(role)) || (isSettingUp && isForSetUp(role)))
      return (await identitiesHeld(reach, { ...slot, at }, isRightly)).findings
    }
  )
}

/** Undefined: of one that cannot be read, or whose plan is still to be kept, nobody can say where it goes on. */
async function plansGoingOn({ azure: { app } }: Reach): Promise<(Plan | undefined)[]> {
  const unread: undefined[] = []
  const open = await openOnboardings(app.store, () => unread.push(undefined))
  return [...unread, ...(await eachOf(open, async ({ onboarding }) => (await keptPlan(app.store, onboarding))?.plan))]
}

const isIn = ({ slots }: Plan, { subscriptionId }: SlotPlan): boolean =>
  slots.some((slot) => sameText(slot.subscriptionId, subscriptionId))
