import type { Email } from '../mails/alias-email.ts'
import type { Offer } from '../terms/offer.ts'
import { planWorkloads } from '../plan/build-plan.ts'
import { never, type Check } from './checks.ts'
import type { Plan } from '../plan/plan.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

export interface MailExpected {
  readonly plan: Plan
  readonly workload: Workload
  readonly offers: readonly Offer[]
  /** Recipient that the deployment sets in place of Microsoft's alias. */
  readonly alias?: string
}

/** What a mail to an alias must be, looked at before it is sent. Evidence says what it holds, never its text. */
export function mailChecks({ plan, workload, offers, ...set }: MailExpected): readonly Check<Email>[] {
  const alias = set.alias ?? workloads[workload].alias
  const subject = `Customer Key for ${plan.organization.domain}`
  const ids = [...offers.map(({ requestId }) => requestId), ...plan.slots.map(({ subscriptionId }) => subscriptionId)]
  const offered = new Set(offers.map((offer) => offer.workload))
  return [
    {
      code: 'offers-complete',
      requirement: 'R21',
      expected: 'a FastTrack request for every workload',
      holds: () => planWorkloads(plan).every((each) => offered.has(each)),
      describe: () => `FastTrack requests: ${offers.map(({ requestId }) => requestId).join(', ') || 'none'}`,
      ...mended('Record the offer that is missing')
    },
    {
      code: 'mail-alias',
      requirement: 'R22',
      expected: alias,
      holds: ({ to }) => to === alias,
      describe: ({ to }) => to,
      ...mended('Correct the recipient')
    },
    {
      code: 'mail-subject',
      requirement: 'R23',
      expected: subject,
      holds: (mail) => mail.subject === subject,
      describe: (mail) => mail.subject,
      ...mended('Correct the subject')
    },
    {
      code: 'mail-text',
      requirement: 'R24',
      expected: 'all FastTrack request ids, both subscription ids, and the feature output of each subscription',
      holds: ({ text }) => ids.every((id) => text.includes(id)) && featureOutputs(text) === plan.slots.length,
      describe: ({ text }) =>
        `${ids.filter((id) => text.includes(id)).length} of ${ids.length} ids, ${featureOutputs(text)} feature outputs`,
      ...mended('Correct the text')
    }
  ]
}

const mended = (what: string) => ({ remedy: () => `${what}, then retry.`, overridable: never })

const featureOutputs = (text: string): number =>
  text.match(/^mandatoryRetentionPeriodEnabled Microsoft\.Resources \S+$/gm)?.length ?? 0
