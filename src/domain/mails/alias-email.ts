import type { BySlot } from '../terms/by-slot.ts'
import type { Offer } from '../terms/offer.ts'
import type { Slot } from '../terms/evidence.ts'
import { aliasOf } from '../plan/deployment.ts'
import type { PlanContent } from '../plan/plan.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

/** Registration of the mandatory retention period as Azure shows it for one subscription. */
export interface FeatureOutput {
  readonly slot: Slot
  readonly subscriptionId: string
  /** e.g. `Pending` */
  readonly state: string
}

/** The registrations of both slots. */
export const featuresOf = ({ slots }: PlanContent, states: BySlot<string>): FeatureOutput[] =>
  slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: states[slot] }))

/** One mail in plain text. */
export interface Email {
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface AliasEmailFacts {
  readonly plan: PlanContent
  readonly workload: Workload
  readonly offers: readonly Offer[]
  readonly features: readonly FeatureOutput[]
  /** First line of the text, e.g. `REHEARSAL`. The subject stays what R23 asks for. */
  readonly banner?: string | undefined
}

/**
 * The mail that asks Microsoft's alias of one workload to approve the retention period (R22–R24). It names the
 * FastTrack request and both subscriptions of every workload of the plan, the alias's own first, and shows the
 * registration of each subscription as `Get-AzProviderFeature` prints it. Throws when an offer is missing (R21).
 */
export const aliasEmail = ({ plan, workload, offers, features, banner }: AliasEmailFacts): Email => ({
  to: aliasOf(plan, workload),
  subject: `Customer Key for ${plan.organization.domain}`,
  text: lines(
    ...(banner === undefined ? [] : [banner, '']),
    'Hello,',
    '',
    `we would like to onboard ${plan.organization.domain} (tenant ${plan.organization.tenantId}) to Customer Key.`,
    'Our FastTrack requests are submitted, and both subscriptions below are registered for the mandatory retention',
    'period. Please approve them, and tell us when that is done.',
    '',
    ...servicesOf(plan, workload).flatMap((service) => serviceLines(plan, service, offerOf(offers, service))),
    'Output of Get-AzProviderFeature -ProviderNamespace Microsoft.Resources -FeatureName ' +
      'mandatoryRetentionPeriodEnabled:',
    '',
    ...features.flatMap(featureLines),
    'Thank you.'
  )
})

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`

/** The workloads of the plan, the alias's own first: R24 wants each of the services, and the alias wants its own. */
const servicesOf = ({ policies }: PlanContent, first: Workload): Workload[] => [
  ...new Set([first, ...policies.map(({ workload }) => workload)])
]

function offerOf(offers: readonly Offer[], workload: Workload): Offer {
  const offer = offers.find((candidate) => candidate.workload === workload)
  if (offer === undefined) throw new Error(`No FastTrack request is known for ${workload}. Record its offer first.`)
  return offer
}

const serviceLines = ({ slots }: PlanContent, workload: Workload, { requestId }: Offer): string[] => [
  `Service: ${workloads[workload].title}`,
  `  FastTrack request ID: ${requestId}`,
  ...slots.map(({ slot, subscriptionId }) => `  Subscription ID ${slot}: ${subscriptionId}`),
  ''
]

/** As PowerShell lays it out, a table of three columns, so that its readers find what they know. */
const featureLines = ({ subscriptionId, state }: FeatureOutput): string[] => [
  `Subscription ${subscriptionId}`,
  '',
  'FeatureName                     ProviderName        RegistrationState',
  '-----------                     ------------        -----------------',
  `mandatoryRetentionPeriodEnabled Microsoft.Resources ${state}`,
  ''
]
