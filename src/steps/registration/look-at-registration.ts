import type { Approval } from '../../domain/resources/subscription.ts'
import type { Features } from '../../azure/features.ts'
import { AzureCallError, isPassing } from '../../azure/errors.ts'
import { runChecks } from '../../domain/checks/checks.ts'
import { isUnderWay, registeredChecks, registrationSentChecks } from '../../domain/checks/registration.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Reach, Step } from '../step.ts'
import { cameBack } from '../mails/came-back.ts'
import { checked } from '../checked.ts'

/** The state of one registration, with evidence. `Pending` is no finding; a refusal, or one taken back, is (R26). */
export const lookAtRegistration =
  ({ azure }: Reach): Step<'look-at-registration'> =>
  async (input) => {
    const { onboarding, now: at, slot, subscriptionId } = input
    const { value: state, call } = await azure.slot(slot).features.state(subscriptionId)
    const approval = state === 'Registered' ? await approvalOf(azure.slot(slot).features, subscriptionId) : undefined
    const about = { resource: subscriptionId, suffix: `slot-${String(slot)}`, at, call }
    const results = runChecks(
      isUnderWay(state) ? registrationSentChecks : registeredChecks,
      { state, approval },
      { subscriptionId },
      about
    )
    const place = { store: slotIdentity(slot), onboarding, step: 'registration' }
    const found = await checked(azure, place, [results])
    // With the look at the first slot, and only while Microsoft is waited for: what came back may be why.
    const mails = slot === 1 && state !== 'Registered' ? await cameBack(azure.app.store, onboarding) : []
    return { state, ...found, findings: [...found.findings, ...mails] }
  }

/** It is evidence beside the state, and nothing waits for it: an Azure that does not tell says `Registered` all the same. */
async function approvalOf(features: Features, subscriptionId: string): Promise<Approval | undefined> {
  try {
    return (await features.approval(subscriptionId)).value
  } catch (error) {
    if (!(error instanceof AzureCallError) || isPassing(error)) throw error
    return undefined
  }
}
