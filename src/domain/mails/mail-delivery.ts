import type { Finding } from '../terms/evidence.ts'
import { sendTask } from '../tasks/mail-tasks.ts'
import type { Workload } from '../terms/workloads.ts'

/** A mail to an alias that Azure took, and how it ended. */
export interface Delivery {
  readonly onboarding: string
  readonly workload: Workload
  readonly to: string
  readonly operationId: string
  /** As Azure says it, e.g. `Failed`. */
  readonly state: string
}

export const isUnderWay = (state: string): boolean => state === 'NotStarted' || state === 'Running'

/**
 * A mail that ended otherwise than delivered (R22). A second one under another id is a person's decision: the first may
 * have reached somebody all the same, or an operator has sent it by hand meanwhile.
 */
export function undelivered({ onboarding, workload, to, operationId, state }: Delivery): Finding | undefined {
  if (isUnderWay(state) || state === 'Succeeded') return undefined
  return {
    code: `mail-not-delivered-${to.replaceAll(/[^a-z0-9]+/g, '-')}`,
    requirement: 'R22',
    resource: to,
    observed: `the mail's operation ${operationId} ended ${state}`,
    expected: 'Succeeded',
    remedy:
      `Find out why and mend that, then have the app send the mail once more; or send it by hand from an operator's mailbox ` +
      `(ckey mail ${onboarding} ${sendTask(workload)} prints it) and override. A retry only looks again.`,
    overridable: true,
    mend: `Send the mail to ${to} once more, now that what kept it from being delivered is mended.`
  }
}
