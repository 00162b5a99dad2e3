import { runChecks } from '../domain/checks.ts'
import { isUnderWay, registeredChecks, registrationSentChecks } from '../domain/checks-registration.ts'
import { slotIdentity } from '../domain/evidence.ts'
import type { Reach, Work } from './activity.ts'
import { checked } from './checked.ts'

/** The state of one registration, with evidence. `Pending` is no finding; a refusal, or one taken back, is (R26). */
export const lookAtRegistration = ({ azure }: Reach): Work<'look-at-registration'> => async (input) => {
  const { onboarding, now: at, slot, subscriptionId } = input
  const { value: state, call } = await azure.slot(slot).features.state(subscriptionId)
  const seen = { slot, subscriptionId, state }
  const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at, call }
  const results = runChecks(isUnderWay(state) ? registrationSentChecks : registeredChecks, seen, about)
  const place = { store: slotIdentity(slot), onboarding, step: 'registration' }
  return { state, ...(await checked(azure, place, [results])) }
}
