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
    const register = async () => {
      if (await isAsked()) return undefined // another instance may have come first
      return (await features.register(subscriptionId)).value
    }
    const said = (await isAsked())
      ? undefined
      : await store.withLease(locks.registration(subscriptionId), register, (done) => done !== undefined)
    const { value: state, call } = await features.state(subscriptionId)
    const isOlder = said !== undefined && asked.includes(said) && !asked.includes(state)
    const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at, call }
    const results = runChecks(registrationSentChecks, { state }, { subscriptionId }, about)
    return {
      state,
      ...(isOlder && { notYet: `the registration is ${state}, and ${said ?? ''} by what was answered to it` }),
      ...(await checked(azure, { store: slotIdentity(slot), onboarding, step: 'registration' }, [results]))
    }
  }
