import type { Email } from '../mails/alias-email.ts'
import type { Offer } from '../terms/offer.ts'
import { aliasOf } from '../plan/deployment.ts'
import { planWorkloads } from '../plan/plan-workloads.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import type { Plan } from '../plan/plan.ts'
import type { Workload } from '../terms/workloads.ts'

export interface MailExpected {
  /** Of Microsoft, or the recipient that the deployment sets in its place. */
  readonly alias: string
  readonly domain: string
  /** Of the plan. */
  readonly workloads: readonly Workload[]
  readonly offers: readonly Pick<Offer, 'workload' | 'requestId'>[]
  readonly subscriptionIds: readonly string[]
}

/** What a plan wants of the mail about one workload. */
export const mailExpected = (plan: Plan, { workload, offers }: MailAbout): MailExpected => ({
  alias: aliasOf(plan, workload),
  domain: plan.organization.domain,
  workloads: planWorkloads(plan),
  offers,
  subscriptionIds: plan.slots.map(({ subscriptionId }) => subscriptionId)
})

interface MailAbout {
  readonly workload: Workload
  readonly offers: readonly Offer[]
}

const broken = (change: Partial<Email>, expected: Partial<MailExpected> = {}) => ({
  observed: {
    to: 'ALIAS',
    subject: 'Customer Key for DOMAIN',
    text: 'REQUEST_ID SUB\nmandatoryRetentionPeriodEnabled Microsoft.Resources Pending',
    ...change
  },
  expected: {
    alias: 'ALIAS',
    domain: 'DOMAIN',
    workloads: ['exchange'],
    offers: [{ workload: 'exchange', requestId: 'REQUEST_ID' }],
    subscriptionIds: ['SUB'],
    ...expected
  } as const
})

const fault = { requirement: 'R24', on: 'mail', overridable: false } as const
const faultOfTheApp = {
  look: ['az functionapp log tail --name APP --resource-group GROUP'],
  afterwards: `This is a fault of the app: report it. Nothing was sent. ${retried}`
}

/** What a mail to an alias must be, looked at before it is sent. Evidence says what it holds, never its text. */
export const mailChecks: readonly Check<Email, MailExpected>[] = [
  {
    ...fault,
    code: 'offers-complete',
    requirement: 'R21',
    expected: () => 'a FastTrack request for every workload',
    holds: (_, expected) =>
      expected.workloads.every((workload) => expected.offers.some((offer) => offer.workload === workload)),
    describe: (_, { offers }) => `FastTrack requests: ${offers.map(({ requestId }) => requestId).join(', ') || 'none'}`,
    means:
      'A FastTrack request id is missing for a workload. Microsoft’s alias is not written to before all of them are there.',
    look: ['ckey audit ID   # FastTrack has no API: compare with what https://fasttrack.microsoft.com shows'],
    cure: () => 'Submit the offer that is missing and record it, then retry.',
    afterwards: retried,
    broken: [broken({}, { offers: [] })]
  },
  {
    ...fault,
    code: 'mail-alias',
    requirement: 'R22',
    expected: ({ alias }) => alias,
    holds: ({ to }, { alias }) => to === alias,
    describe: ({ to }) => to,
    means:
      'The mail for a workload would go to another address than Microsoft’s alias. The app can be set up with a replacement, which ' +
      'is for rehearsals and tests.',
    look: [
      `az functionapp config appsettings list --name APP --resource-group GROUP --query "[?starts_with(name, 'CKEY_ALIAS_')]"`
    ],
    cure: () => 'Correct the recipient (the setting CKEY_ALIAS_… of the app), then retry.',
    afterwards: retried,
    broken: [broken({ to: 'ANOTHER' })]
  },
  {
    ...fault,
    ...faultOfTheApp,
    code: 'mail-subject',
    requirement: 'R23',
    expected: subjectOf,
    holds: ({ subject }, expected) => subject === subjectOf(expected),
    describe: ({ subject }) => subject,
    means:
      'The subject of the mail is not “Customer Key for” and the domain, by which Microsoft’s team sorts its mail.',
    cure: () => 'Correct the subject, then retry.',
    broken: [broken({ subject: 'ANOTHER' })]
  },
  {
    ...fault,
    ...faultOfTheApp,
    code: 'mail-text',
    expected: () => 'all FastTrack request ids, both subscription ids, and the feature output of each subscription',
    holds: ({ text }, expected) =>
      idsOf(expected).every((id) => text.includes(id)) && featureOutputs(text) === expected.subscriptionIds.length,
    describe: ({ text }, expected) => {
      const ids = idsOf(expected)
      return `${ids.filter((id) => text.includes(id)).length} of ${ids.length} ids, ${featureOutputs(text)} feature outputs`
    },
    means:
      'The mail lacks a request id, a subscription id or the output of the feature. Microsoft would have to ask, and the time ' +
      'that it gives itself would pass.',
    cure: () => 'Correct the text, then retry.',
    broken: [broken({ text: '' })]
  }
]

function subjectOf({ domain }: MailExpected): string {
  return `Customer Key for ${domain}`
}

const idsOf = ({ offers, subscriptionIds }: MailExpected): string[] => [
  ...offers.map(({ requestId }) => requestId),
  ...subscriptionIds
]

const featureOutputs = (text: string): number =>
  text.match(/^mandatoryRetentionPeriodEnabled Microsoft\.Resources \S+$/gm)?.length ?? 0
