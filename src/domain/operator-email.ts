import type { Email, FeatureOutput } from './alias-email.ts'
import { formatMoment } from './business-calendar.ts'
import type { Plan } from './plan.ts'

/** One mail in plain text to people of the organisation (and, on a breach, Microsoft's aliases). */
export interface OperatorEmail {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
}

export interface WaitFacts {
  readonly plan: Plan
  /** ISO 8601 UTC */
  readonly due: string
  /** IANA zone the moment is shown in. */
  readonly zone: string
  readonly features: readonly FeatureOutput[]
  /** First line of the text, and of the subject, e.g. `REHEARSAL`. */
  readonly banner?: string | undefined
}

/** One business day before Microsoft's five are over (R25). */
export const reminderEmail = ({ plan, due, zone, features, banner }: WaitFacts): OperatorEmail => ({
  to: operatorsOf(plan),
  subject: marked(banner, `Customer Key for ${plan.organization.domain}: Microsoft’s answer is due soon`),
  text: text(banner, [
    `Microsoft has until ${formatMoment(due, zone)} (${zone}) to approve the mandatory retention period.`,
    '',
    ...statesOf(features),
    '',
    'There is nothing to do yet. If Microsoft has acknowledged the request, record it: the five business days then',
    'count from the acknowledgement. You will be told when they are over.'
  ])
})

export interface EscalationFacts extends WaitFacts {
  /** The first mail to the alias, which this one asks about. */
  readonly first: Email
  /** From 1. */
  readonly number: number
}

/** When Microsoft's five business days are over, and again while it stays so. The onboarding goes on waiting. */
export const escalationEmail = ({ plan, due, zone, features, banner, first, number }: EscalationFacts): OperatorEmail => ({
  to: [first.to, ...operatorsOf(plan)],
  subject: marked(banner, `Customer Key for ${plan.organization.domain}: the five business days are over${again(number)}`),
  text: text(banner, [
    `The mandatory retention period for ${plan.organization.domain} was due by ${formatMoment(due, zone)} (${zone}),`,
    'and is not yet Registered on both subscriptions.',
    '',
    ...statesOf(features),
    '',
    'Microsoft: please tell us what is missing, or when we may expect the approval. Our request is quoted below.',
    'Operators: answer any question Microsoft has asked, and open a support request if there is none. The onboarding',
    'goes on by itself as soon as both subscriptions show Registered.',
    '',
    `Subject: ${first.subject}`,
    '',
    ...first.text.trimEnd().split('\n').map((line) => (line === '' ? '>' : `> ${line}`))
  ])
})

const again = (number: number): string => (number === 1 ? '' : ` (mail ${number} about it)`)

export interface DoneFacts {
  readonly plan: Plan
  /** Where the hand-off lies. */
  readonly handOff: string
  readonly banner?: string | undefined
}

/** When everything is set up: where the hand-off lies and what to do with it (R46, R47). */
export const doneEmail = ({ plan, handOff, banner }: DoneFacts): OperatorEmail => ({
  to: operatorsOf(plan),
  subject: marked(banner, `Customer Key for ${plan.organization.domain}: the keys are ready`),
  text: text(banner, [
    `The vaults and keys of ${plan.organization.domain} are set up, checked and backed up for:`,
    '',
    ...plan.policies.map(({ id }) => `  ${id}`),
    '',
    `The hand-off with key URIs, policy commands and evidence is ${handOff}. Keep it in a safe place, and read what it`,
    'says never to do before you create the first data encryption policy.'
  ])
})

const operatorsOf = ({ slots }: Plan): string[] => slots.flatMap(({ operators }) => operators)

const statesOf = (features: readonly FeatureOutput[]): string[] =>
  features.map(({ slot, subscriptionId, state }) => `  Subscription ${slot}, ${subscriptionId}: ${state}`)

const marked = (banner: string | undefined, subject: string): string =>
  banner === undefined ? subject : `${banner} · ${subject}`

const text = (banner: string | undefined, lines: readonly string[]): string =>
  `${[...banner === undefined ? [] : [banner, ''], ...lines].join('\n')}\n`
