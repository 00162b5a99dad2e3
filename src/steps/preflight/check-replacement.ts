import { AzureCallError, isPassing } from '../../azure/errors.ts'
import type { Activities } from '../../contracts/activities.ts'
import { runChecks } from '../../domain/checks/checks.ts'
import { slotsChecks, userChecks } from '../../domain/checks/people.ts'
import { replacedEmail } from '../../domain/mails/replaced-email.ts'
import type { Log, Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'
import { guidOf } from '../../records/digests.ts'
import { locks } from '../../records/locks.ts'
import { sendOnce } from '../mails/send-once.ts'
import { findParty, standingOf } from './standing.ts'

/** Whether a person may take another's place: a user of the tenant who stands for nothing in the other slot (R11, R33). */
export const checkReplacement =
  (reach: Reach): Step<'check-replacement'> =>
  async (input, log) => {
    const { onboarding, now: at, upn, others } = input
    const { azure } = reach
    const { graph } = azure.app
    const { objectId, standing, call } = await findParty(graph, upn)
    const about = { resource: upn, suffix: upn, at, call }
    const results = [
      runChecks(userChecks, { objectId }, { upn }, about),
      runChecks(slotsChecks, { first: await standingOf(graph, others), second: standing }, undefined, about)
    ]
    const place = { store: 'app', onboarding, step: 'preflight/replacement' } as const
    const seen = await checked(azure, place, results)
    if (seen.findings.length === 0) await tell(reach, input, log)
    return { ...seen, ...(objectId !== undefined && { objectId }) }
  }

/**
 * Several branches hear one answer at the same time: one of them tells, under a lease of the slot's store, where locks are.
 * A mail that is refused for good stops nobody.
 */
async function tell(
  { azure, config }: Reach,
  input: Activities['check-replacement']['input'],
  log: Log
): Promise<void> {
  const { onboarding, now, upn: joins, told } = input
  const mail = replacedEmail({ ...told, onboarding, joins, banner: config.banner })
  const operationId = guidOf('replaced', onboarding, String(told.slot), told.leaves, joins)
  try {
    await azure
      .slot(told.slot)
      .store.withLease(locks.replacedMail(onboarding, operationId), () =>
        sendOnce(azure, { onboarding, kind: 'replaced', now }, { ...mail, operationId, replyTo: mail.cc })
      )
  } catch (error) {
    if (!(error instanceof AzureCallError) || isPassing(error)) throw error
    log.warn(`not told onboarding=${onboarding} replaced=${told.leaves}: ${error.message}`)
  }
}
