import type { Email } from '../mails/alias-email.ts'
import { replacedAlias } from '../plan/deployment.ts'
import { planWorkloads } from '../plan/plan-workloads.ts'
import type { Plan } from '../plan/plan.ts'
import type { BySlot } from '../terms/by-slot.ts'
import type { Finding } from '../terms/evidence.ts'
import type { Offer } from '../terms/offer.ts'
import { sameText } from '../terms/same-text.ts'
import { countOf } from '../terms/words.ts'
import { workloads, type Workload } from '../terms/workloads.ts'
import { retried } from './afterwards.ts'
import { runChecks, type Check, type CheckedResource, type CheckResults } from './checks.ts'
import { contentOf, type ContentExpected } from './mail-content.ts'

export interface MailExpected extends ContentExpected {
  /** Microsoft's, by its own article: never the recipient that the deployment sets in its place. */
  readonly alias: string
  /** The recipient that people approved with the plan in the place of the alias; undefined where they approved none. */
  readonly agreed: string | undefined
  readonly domain: string
  /** Of the plan. */
  readonly workloads: readonly Workload[]
}

/** What a plan wants of the mail about one workload. */
export const mailExpected = (plan: Plan, { workload, offers, states }: MailAbout): MailExpected => ({
  alias: workloads[workload].alias,
  agreed: replacedAlias(plan, workload),
  domain: plan.organization.domain,
  workloads: planWorkloads(plan),
  services: offers.map(({ workload: of, requestId }) => ({ workload: of, requestId })),
  subscriptions: plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: states[slot] }))
})

interface MailAbout {
  readonly workload: Workload
  readonly offers: readonly Pick<Offer, 'workload' | 'requestId'>[]
  /** Of the registrations, as Azure showed them. */
  readonly states: BySlot<string>
}

/**
 * Holds a mail to its rules. Where people approved another recipient with the plan, the evidence says that the mail does not
 * go to Microsoft's alias, and nobody is asked about it once more: they stand for it.
 */
export function mailHeld(mail: Email, expected: MailExpected, about: CheckedResource): CheckResults {
  const { evidence, findings } = runChecks(mailChecks, mail, expected, about)
  return { evidence, findings: findings.filter((finding) => !isAgreed(finding, expected)) }
}

/** Whether nothing keeps the mail from being handed over. */
export const isSound = (mail: Email, expected: MailExpected): boolean =>
  mailHeld(mail, expected, nowhere).findings.length === 0

const nowhere: CheckedResource = {
  resource: '',
  suffix: '',
  at: '',
  call: { operation: '', requestId: '', identity: 'app' }
}

const isAgreed = ({ check, observed }: Finding, { agreed }: MailExpected): boolean =>
  check === 'mail-alias' && observed === agreed

const broken = (change: Partial<Email>, expected: Partial<MailExpected> = {}) => ({
  observed: {
    to: 'ALIAS',
    subject: 'Customer Key for DOMAIN',
    text: `Service: ${workloads.exchange.title}\nREQUEST_ID SUB\n\nSubscription SUB\nmandatoryRetentionPeriodEnabled Microsoft.Resources Pending`,
    ...change
  },
  expected: {
    alias: 'ALIAS',
    agreed: undefined,
    domain: 'DOMAIN',
    workloads: ['exchange'],
    services: [{ workload: 'exchange', requestId: 'REQUEST_ID' }],
    subscriptions: [{ slot: 1, subscriptionId: 'SUB', state: 'Pending' }],
    ...expected
  } as const
})

const fault = { requirement: 'R24', on: 'mail', overridable: false } as const
const faultOfTheApp = {
  look: [
    'az monitor app-insights query --app INSIGHTS --resource-group GROUP --analytics-query ' +
      '"exceptions | where timestamp > ago(1d) | project timestamp, operation_Name, outerMessage"'
  ],
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
      expected.workloads.every((workload) =>
        expected.services.some((service) => service.workload === workload && service.requestId !== '')
      ),
    describe: (_, { services }) =>
      `FastTrack requests: ${services.map(({ requestId }) => requestId).join(', ') || 'none'}`,
    means:
      'A FastTrack request id is missing for a workload. Microsoft’s alias is not written to before all of them are there.',
    look: ['ckey audit ID   # FastTrack has no API: compare with what https://fasttrack.microsoft.com shows'],
    cure: () => 'Submit the offer that is missing and record it, then retry.',
    afterwards: retried,
    broken: [broken({}, { services: [] })]
  },
  {
    ...fault,
    code: 'mail-alias',
    requirement: 'R22',
    expected: ({ alias }) => alias,
    holds: ({ to }, { alias }) => sameText(to, alias),
    describe: ({ to }) => to,
    means:
      'The mail for a workload would go to another address than Microsoft’s alias. Where the deployment was set up with a replacement, ' +
      'the plan said so and those who approved it stand for it: the requirement is then attested, never proved.',
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
    expected: ({ services, subscriptions }) =>
      `${countOf(services.length, 'service')} with FastTrack request id and both subscription ids, and of ` +
      `${countOf(subscriptions.length, 'subscription')} the state that Azure showed: ${subscriptions.map(({ state }) => state).join(', ')}`,
    holds: ({ text }, expected) => {
      const { services, outputs } = contentOf(text, expected)
      return services === expected.services.length && outputs === expected.subscriptions.length
    },
    describe: ({ text }, expected) => {
      const { services, outputs } = contentOf(text, expected)
      return `${services} of ${countOf(expected.services.length, 'service')}, ${outputs} of ${countOf(expected.subscriptions.length, 'feature output')}`
    },
    means:
      'The mail lacks a request id, a subscription id or the output of the feature, or shows a registration that was not asked for or ' +
      'that Azure does not know. Microsoft would have to ask, and the time that it gives itself would pass.',
    cure: () => 'Correct the text, then retry.',
    broken: [broken({ text: '' })]
  }
]

function subjectOf({ domain }: MailExpected): string {
  return `Customer Key for ${domain}`
}
