import { runChecks } from '../../domain/checks/checks.ts'
import { registrationSentChecks } from '../../domain/checks/registration.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'

const asked = ['Pending', 'Registering', 'Registered']

/** Registers the mandatory retention period on one subscription, where nobody has yet (R18–R20). Never undone by us. */
export const registerFeature =
  ({ azure }: Reach): Step<'register-feature'> =>
  async (input) => {
    const { onboarding, now: at, slot, subscriptionId } = input
    const { features } = azure.slot(slot)
    const before = await features.state(subscriptionId)
    if (!asked.includes(before.value)) await features.register(subscriptionId)
    const { value: state, call } = await features.state(subscriptionId)
    const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at, call }
    const results = runChecks(registrationSentChecks, { state }, { subscriptionId }, about)
    return {
      state,
      ...(await checked(azure, { store: slotIdentity(slot), onboarding, step: 'registration' }, [results]))
    }
  }
