import { runChecks } from '../../domain/checks/checks.ts'
import { registrationSentChecks } from '../../domain/checks/registration.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import { locks } from '../../records/locks.ts'
import type { Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'

const asked = ['Pending', 'Registering', 'Registered']

/** Registers the mandatory retention period on one subscription, where nobody has yet (R18–R20). Never undone by us. */
export const registerFeature =
  ({ azure }: Reach): Step<'register-feature'> =>
  async (input) => {
    const { onboarding, now: at, slot, subscriptionId } = input
    const { features, store } = azure.slot(slot)
    const isAsked = async () => asked.includes((await features.state(subscriptionId)).value)
    if (!(await isAsked()))
      await store.withLease(locks.registration(subscriptionId), async () => {
        if (!(await isAsked())) await features.register(subscriptionId) // another instance may have come first
      })
    const { value: state, call } = await features.state(subscriptionId)
    const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at, call }
    const results = runChecks(registrationSentChecks, { state }, { subscriptionId }, about)
    return {
      state,
      ...(await checked(azure, { store: slotIdentity(slot), onboarding, step: 'registration' }, [results]))
    }
  }
