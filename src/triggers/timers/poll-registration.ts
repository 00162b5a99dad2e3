import { ofSlot } from '../../domain/terms/by-slot.ts'
import type { InvocationContext, Timer } from '@azure/functions'
import { orchestrators, type OnboardingInput } from '../../contracts/orchestrations.ts'
import type { RegistrationPollingInput, Sleeper } from '../../contracts/registration-polling.ts'
import { orchestrationsOf, type InstanceOf } from '../durable-client.ts'
import { statusOf } from '../http/onboarding-document.ts'

/** The timer's tick: starts one short polling orchestration, where an onboarding waits on Microsoft at all. */
export async function pollRegistration(_timer: Timer, context: InvocationContext): Promise<void> {
  const orchestrations = orchestrationsOf(context)
  const onboardings = await orchestrations.list(orchestrators.onboarding, 'live')
  const input = pollingInput(onboardings)
  if (input.sleepers.length === 0) return
  await orchestrations.start(orchestrators.registrationPolling.at(), input)
}

function pollingInput(onboardings: readonly InstanceOf<'onboarding'>[]): RegistrationPollingInput {
  const waiting = onboardings.flatMap((each) => sleeperOf(each) ?? [])
  const slots = waiting.flatMap((each) => each.slots)
  const watched = new Map(
    slots.map(({ slot, subscriptionId }) => [`${String(slot)} ${subscriptionId}`, { slot, subscriptionId }])
  )
  return { watched: [...watched.values()], sleepers: waiting.map((each) => each.sleeper) }
}

function sleeperOf(
  instance: InstanceOf<'onboarding'>
): { sleeper: Sleeper; slots: OnboardingInput['plan']['slots'] } | undefined {
  const status = statusOf(instance)
  if (status?.step !== 'waiting-on-microsoft' || status.wake === undefined || !status.registration) return undefined
  const { slots } = instance.input.plan
  const { states } = status.registration
  const known = slots.map(({ subscriptionId, slot }) => ({ subscriptionId, state: ofSlot(states, slot) }))
  return { sleeper: { instance: instance.id, event: status.wake, known }, slots }
}
