import { isForDrills, isForSetUp, type OwnRole } from '../../domain/checks/setup-role.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import type { Plan, SlotPlan } from '../../domain/plan/plan.ts'
import { sameText } from '../../domain/terms/same-text.ts'
import { keptPlan } from '../../records/plan.ts'
import { openOnboardings } from '../ledger/claims.ts'
import { identitiesHeld } from '../registration/identities-held.ts'
import type { Reach } from '../step.ts'
import { unlessUnseen } from './unseen.ts'

/**
 * Whether the app may only read still in both subscriptions of a plan (R34). A slot's own identity rightly holds the role for
 * drills where there are any, and that for the set-up while another onboarding goes on in the subscription.
 */
export async function identitiesBroken(reach: Reach, plan: Plan, at: string): Promise<readonly Finding[]> {
  const found: Finding[] = []
  for (const slot of plan.slots)
    found.push(
      ...(await unlessUnseen(slot.subscriptionId, async () => {
        const isSettingUp = await isSetUpIn(reach, slot)
        const isRightly = (role: OwnRole): boolean =>
          role.identity === slotIdentity(slot.slot) &&
          sameText(role.scope, `/subscriptions/${slot.subscriptionId}`) &&
          ((reach.config.drillSchedule !== undefined && isForDrills(role)) || (isSettingUp && isForSetUp(role)))
        return (await identitiesHeld(reach, { ...slot, at }, isRightly)).findings
      }))
    )
  return found
}

/** Whether an onboarding goes on in it; of one whose plan is still to be kept nobody can say where. */
async function isSetUpIn({ azure }: Reach, { subscriptionId }: SlotPlan): Promise<boolean> {
  const { store } = azure.app
  for (const onboarding of await openOnboardings(store)) {
    const kept = await keptPlan(store, onboarding)
    if (!kept || kept.plan.slots.some((slot) => sameText(slot.subscriptionId, subscriptionId))) return true
  }
  return false
}
