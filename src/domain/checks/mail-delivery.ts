import type { Stalled } from '../state/azure-wait.ts'
import { taskName } from '../tasks/task.ts'
import type { Workload } from '../terms/workloads.ts'
import type { DeliveryReport } from '../mails/delivery-report.ts'
import type { Finding } from '../terms/evidence.ts'
import { findingOf, type Check } from './checks.ts'
import { inVain } from './stalled.ts'

/** How a mail that Azure took ended, in Azure's word: `NotStarted`, `Running`, `Succeeded`, `Failed`, `Canceled`. */
export interface DeliveryObserved {
  readonly state: string
  /** What Azure reported of it later, its send operation having succeeded (`deliveryReportType`). */
  readonly reported?: Pick<DeliveryReport, 'status' | 'why'>
}

export interface DeliveryExpected {
  readonly onboarding: string
  readonly workload: Workload
  readonly operationId: string
}

export const isUnderWay = (state: string): boolean => state === 'NotStarted' || state === 'Running'

/** What the app does about it on an operator's word. */
export const sendAgain = (to: string): string =>
  `Send the mail to ${to} once more, now that what kept it from being delivered is mended.`

/**
 * A mail that ended otherwise than delivered (R22). A second one under another id is a person's decision: the first may
 * have reached somebody all the same, or an operator has sent it by hand meanwhile.
 */
export const deliveryChecks: readonly [Check<DeliveryObserved, DeliveryExpected>] = [
  {
    code: 'mail-not-delivered',
    requirement: 'R22',
    on: 'mail',
    expected: () => 'Succeeded',
    holds: ({ state }) => isUnderWay(state) || state === 'Succeeded',
    describe: ({ state }, { operationId }) => `the mail's operation ${operationId} ended ${state}`,
    overridable: true,
    means:
      'Azure accepted the mail to Microsoft and then could not deliver it: a suppressed recipient, a domain that is not verified, a ' +
      'quota. It is never sent again by itself.',
    look: [
      'az monitor log-analytics query --workspace WORKSPACE --analytics-query ' +
        `"ACSEmailStatusUpdateOperational | where DeliveryStatus != 'Delivered' | take 20"`
    ],
    cure: ({ reported }, { onboarding, workload }) =>
      reported
        ? `Azure took the mail and reported it as ${reported.status} afterwards${reported.why === '' ? '' : ` (${reported.why})`}. Find out ` +
          `why, then send it by hand from an operator's mailbox (ckey mail ${onboarding} ${taskName({ kind: 'send-mail', workload })} prints ` +
          'it), or write to Microsoft otherwise, and override with what was done. Nothing that Azure tells later takes this away.'
        : `Find out why and mend that, then have the app send the mail once more; or send it by hand from an operator's mailbox ` +
          `(ckey mail ${onboarding} ${taskName({ kind: 'send-mail', workload })} prints it) and override. A retry only looks again.`,
    afterwards:
      'A mail that the app sends once more (“Mend it” on the page, or `ckey complete ID mend-mail-not-delivered-…`) goes out under ' +
      'another operation id, and is followed like the first. Override only once the mail was sent by hand: `ckey mail` prints it ' +
      'with its request ids filled in, and with `--out FILE` it is a draft for a mail program. `ckey retry ID` only looks again: a ' +
      'mail that bounced stays a finding.',
    broken: [
      {
        observed: { state: 'Failed' },
        expected: { onboarding: 'ID', workload: 'exchange', operationId: 'OPERATION' }
      },
      {
        where: 'Azure reported it later',
        observed: { state: 'Failed', reported: { status: 'Bounced', why: '' } },
        expected: { onboarding: 'ID', workload: 'exchange', operationId: 'OPERATION' }
      }
    ]
  }
]

/** The finding of a report, whatever its word is: people who said to go on in spite of a mail that failed said it of this one. */
export function cameBackOf(
  { operationId, ...reported }: Pick<DeliveryReport, 'operationId' | 'status' | 'why'>,
  { to, ...about }: Omit<DeliveryExpected, 'operationId'> & { readonly to: string }
): Finding {
  const [check] = deliveryChecks
  const seen = { observed: { state: 'Failed', reported }, expected: { ...about, operationId } }
  return findingOf(check, seen, { resource: to, suffix: to })
}

/** A mail of which Azure does not say how it ended, for an hour (R22). */
export const unconfirmedCheck: Check<Stalled | undefined, DeliveryExpected> = {
  code: 'mail-unconfirmed',
  requirement: 'R22',
  on: 'mail',
  expected: () => 'Succeeded',
  holds: (observed) => observed === undefined,
  describe: (observed) => (observed === undefined ? 'it was delivered' : inVain(observed)),
  overridable: true,
  means:
    'Azure accepted the mail to Microsoft and then does not tell what became of it: its operation does not end, or is not known any ' +
    'more. It may have been delivered all the same, so it is never sent again by itself.',
  look: [
    'az monitor log-analytics query --workspace WORKSPACE --analytics-query ' +
      '"ACSEmailStatusUpdateOperational | where TimeGenerated > ago(1d) | project TimeGenerated, RecipientId, DeliveryStatus"'
  ],
  cure: (_, { onboarding, workload }) =>
    'A retry asks Azure again. Look into the logs of the Communication Services resource: where it was delivered, override and say ' +
    'so; where it was not, have the app send it once more, or send it by hand ' +
    `(ckey mail ${onboarding} ${taskName({ kind: 'send-mail', workload })} prints it) and override.`,
  afterwards:
    'A mail that the app sends once more (“Mend it” on the page, or `ckey complete ID mend-mail-unconfirmed-…`) goes out under another ' +
    'operation id, and is followed like the first. `ckey retry ID` asks Azure for an hour again.',
  broken: [
    {
      observed: { what: '', since: 'SINCE', said: "Azure does not know the mail's operation OPERATION" },
      expected: { onboarding: 'ID', workload: 'exchange', operationId: 'OPERATION' }
    }
  ]
}
