import { ofSlot } from '../../domain/terms/by-slot.ts'
import type { InvocationContext } from '@azure/functions'
import { orchestrators, type OnboardingInput } from '../../contracts/orchestrations.ts'
import type { RegistrationPollingInput, Sleeper } from '../../contracts/registration-polling.ts'
import { onboardingChain } from '../../domain/ledger/chains.ts'
import { orchestrationsOf } from '../durable-client.ts'
import type { Asked } from '../http/branches.ts'
import type { Onboarding } from '../http/known.ts'
import { openOnboardings } from '../open-onboardings.ts'
import { statusOf } from '../http/onboarding-document.ts'

/** The timer's tick: starts one short polling orchestration, where an onboarding waits on Microsoft at all. */
export async function pollRegistration(
  steps: Omit<Asked, 'orchestrations'>,
  context: InvocationContext
): Promise<void> {
  const orchestrations = orchestrationsOf(context)
  const input = pollingInput(await openOnboardings({ ...steps, orchestrations }))
  if (input.sleepers.length === 0) return
  await orchestrations.start(orchestrators.registrationPolling.at(), input)
}

function pollingInput(onboardings: readonly Onboarding[]): RegistrationPollingInput {
  const waiting = onboardings.flatMap((each) => sleeperOf(each) ?? [])
  const slots = waiting.flatMap((each) => each.slots)
  const watched = new Map(
    slots.map(({ slot, subscriptionId }) => [`${String(slot)} ${subscriptionId}`, { slot, subscriptionId }])
  )
  return { watched: [...watched.values()], sleepers: waiting.map((each) => each.sleeper) }
}

function sleeperOf(instance: Onboarding): { sleeper: Sleeper; slots: OnboardingInput['plan']['slots'] } | undefined {
  const status = statusOf(instance)
  if (status?.step !== 'waiting-on-microsoft' || !status.registration) return undefined
  const { slots } = instance.input.plan
  const { states } = status.registration
  const known = slots.map(({ subscriptionId, slot }) => ({ subscriptionId, state: ofSlot(states, slot) }))
  return { sleeper: { chain: onboardingChain(instance.input.requestId), known }, slots }
}
