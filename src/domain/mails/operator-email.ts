import type { Email, FeatureOutput } from './alias-email.ts'
import { formatMoment } from '../calendar/business-calendar.ts'
import { slaInWords, type SlaRules } from '../calendar/sla.ts'
import { chapters } from '../state/chapters.ts'
import { mailBody, type Block } from './mail-body.ts'
import type { LetterFinding } from './operator-letters.ts'
import { shortDigest } from '../plan/plan-digest.ts'
import type { Plan } from '../plan/plan.ts'
import type { Task } from '../tasks/task.ts'
import { kindOf } from '../tasks/task-kinds.ts'
import { operatorsAsked } from '../tasks/who-may-answer.ts'
import { countOf, listOf } from '../terms/words.ts'

/** One mail to people of the organisation or, on a breach, to an alias of Microsoft. */
export interface OperatorEmail {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** What every mail is made of. */
export interface About {
  readonly plan: Plan
  /** Address of the app, e.g. `https://ck-contoso.azurewebsites.net`; undefined where it is not known. */
  readonly appUrl?: string | undefined
  /** First line of the text, and of the subject, e.g. `REHEARSAL`. */
  readonly banner?: string | undefined
  /** By which the onboarding counts, from its start: moments are shown in their zone. */
  readonly sla: SlaRules
}

export const startedEmail = (about: About, startedBy: string): OperatorEmail =>
  toOperators(about, 'the onboarding has started', [
    `${startedBy} has started the onboarding ${about.plan.id}, from the plan ${shortDigest(about.plan.digest)}.`,
    'First it looks at the tenant and at both subscriptions, and changes nothing. Then it asks for what only people can do: the ' +
      'FastTrack requests, an approval for each slot, and later the offline copies. You get a mail of what is asked, at most one in a ' +
      'working day, and whoever answers gets one that says what was taken down.',
    'What to do now: read the plan, above all what it makes irrevocable. Whoever is to approve it is asked later.',
    where(about, '/plan', `ckey status ${about.plan.id}`)
  ])

/** A chapter asks people for something. */
export function tasksEmail(about: About, step: string, tasks: readonly Task[]): OperatorEmail {
  const title = chapters.find((each) => each.step === step)?.title ?? step
  return toOperators(about, `${countOf(tasks.length, 'answer')} awaited (${title})`, [
    'The onboarding goes on when these have their answers:',
    ...answerThere(about, tasks)
  ])
}

/** What has been asked since an earlier working day. */
export const tasksAgainEmail = (about: About, { tasks, since, now }: TasksAgain): OperatorEmail =>
  toOperators(about, `${countOf(tasks.length, 'answer')} still awaited (${day(now, about)})`, [
    `The onboarding has been waiting since ${formatMoment(since, about.sla.zone)} (${about.sla.zone}), for:`,
    ...answerThere(about, tasks)
  ])

export interface TasksAgain {
  readonly tasks: readonly Task[]
  /** Moments in ISO 8601 UTC. */
  readonly since: string
  readonly now: string
}

/** What is wrong, all of it in one mail. How to mend it stands on the page: Azure's words stay out of mails. */
export function findingsEmail(about: About, { findings, more, now }: FindingsNews): OperatorEmail {
  const count = findings.reduce((sum, { others = 0 }) => sum + 1 + others, more)
  return toOperators(
    about,
    `${countOf(count, 'finding')} ${count === 1 ? 'needs' : 'need'} an operator (${day(now, about)})`,
    [
      'A check did not hold, and its part of the onboarding waits:',
      {
        list: [...findings.map(findingLine), ...(more > 0 ? [`and ${String(more)} more`] : [])]
      },
      ...meanings(findings),
      'What to do: open the page, read what was observed and how to mend it, mend it, then press Retry. Nothing else is repeated. ' +
        'How to look by hand and what follows stand there too, and ckey runbook prints them for the code of a finding.',
      where(about, '', `ckey retry ${about.plan.id}`)
    ]
  )
}

function findingLine({ code, resource, requirement, cause, others = 0 }: LetterFinding): string {
  const hidden = others === 0 ? '' : `, and ${String(others)} more of the same cause: ${cause ?? resource}`
  return `${code}: ${resource} (${requirement})${hidden}`
}

/** What its check says of it; undefined for one that this version of the app does not make any more. */
export type MailedFinding = LetterFinding & { readonly means: string | undefined }

/** Once for each check, in its own words. */
function meanings(findings: readonly MailedFinding[]): Block[] {
  const texts = new Map(findings.flatMap(({ check, means }) => (means === undefined ? [] : [[check, means] as const])))
  return texts.size === 0
    ? []
    : ['What that means:', { list: [...texts].map(([check, means]) => `${check}: ${means}`) }]
}

export interface FindingsNews {
  readonly findings: readonly MailedFinding[]
  /** How many are not listed. */
  readonly more: number
  readonly now: string
}

export interface WaitFacts {
  /** ISO 8601 UTC */
  readonly due: string
  readonly features: readonly FeatureOutput[]
}

/** One business day before Microsoft's days are over (R25). */
export const reminderEmail = (about: About, { due, features }: WaitFacts): OperatorEmail =>
  toOperators(about, 'Microsoft’s answer is due soon', [
    `Microsoft has until ${formatMoment(due, about.sla.zone)} (${about.sla.zone}) to approve the mandatory retention period.`,
    statesOf(features),
    'There is nothing to do yet. If Microsoft has acknowledged the request, record it: the wait of ' +
      `${slaInWords(about.sla)} then begins anew with the acknowledgement. You will be told when it is over.`,
    where(about, '', `ckey acknowledge ${about.plan.id}`)
  ])

export interface Breach extends WaitFacts {
  /** From 1. */
  readonly number: number
}

/** To operators when Microsoft's days are over, and again while it stays so. */
export const breachEmail = (about: About, { due, features, number }: Breach): OperatorEmail =>
  toOperators(about, `Microsoft is late${again(number)}`, [
    `The mandatory retention period was due by ${formatMoment(due, about.sla.zone)} (${about.sla.zone}), and is not yet Registered on both subscriptions.`,
    statesOf(features),
    (about.plan.mail === 'person'
      ? 'A mail to each of Microsoft’s aliases is written, with the first one quoted: send them, as the tasks ask. '
      : 'Microsoft’s aliases were written to again, with the first mail quoted; their answers come to you. ') +
      'Answer whatever Microsoft has ' +
      'asked, and open a support request if it has asked nothing. The onboarding goes on by itself as soon as both show Registered.',
    where(about, '', `ckey status ${about.plan.id}`)
  ])

/** To an alias on a breach; `first` is the mail it was sent before. */
export const escalationEmail = (about: About, { due, features, number }: Breach, first: Email): OperatorEmail => ({
  ...written(
    about,
    `the ${slaInWords(about.sla)} ${about.sla.businessDays === 1 ? 'is' : 'are'} over${again(number)}`,
    [
      `The mandatory retention period for ${about.plan.organization.domain} was due by ${formatMoment(due, about.sla.zone)} (${about.sla.zone}), ` +
        'and is not yet Registered on both subscriptions.',
      statesOf(features),
      'Please tell us what is missing, or when we may expect the approval. Our request is quoted below.',
      `Subject: ${first.subject}`,
      { quote: first.text }
    ]
  ),
  to: [first.to]
})

/** When everything is set up: where the hand-off lies and what to do with it (R46, R47). */
interface HandedOff {
  readonly name: string
  readonly sha256: string
}

export const doneEmail = (about: About, handOff: HandedOff): OperatorEmail =>
  toOperators(about, 'the keys are ready', [
    'The vaults and keys are set up, checked and backed up for:',
    { list: about.plan.policies.map(({ id }) => id) },
    `The hand-off with key URIs, policy commands and evidence is ${handOff.name} of the records. Keep it in a safe place, and read what it ` +
      'says never to do before you create the first data encryption policy.',
    `The hand-off (JSON) has the SHA-256 digest ${handOff.sha256}. Keep this mail: by it, ckey verify-evidence ${about.plan.id} tells ` +
      'years from now whether anything of it was changed.',
    where(about, '', `ckey handoff ${about.plan.id}`)
  ])

export const cancelledEmail = (
  about: About,
  { by, reason }: { readonly by: string; readonly reason: string }
): OperatorEmail =>
  toOperators(about, 'the onboarding was cancelled', [
    `${by} has ended the onboarding ${about.plan.id}. The reason given: ${reason}`,
    'Nothing is undone in Azure. What was made stays, and the last step says what people may remove. If this is not what you want, start anew.',
    where(about, '', `ckey status ${about.plan.id}`)
  ])

/** Everybody who answers for the keys; Microsoft's replies go to them as well. */
export const operatorsOf = ({ slots }: Plan): string[] => slots.flatMap(({ operators }) => operators)

export const toOperators = (about: About, subject: string, blocks: readonly Block[]): OperatorEmail => ({
  ...written(about, subject, blocks),
  to: operatorsOf(about.plan)
})

/** A mail under the subject of the organisation, and whatever it is about. */
export function written({ plan, banner }: About, subject: string, blocks: readonly Block[]): Omit<OperatorEmail, 'to'> {
  const whole = `Customer Key for ${plan.organization.domain}: ${subject}`
  return { subject: banner === undefined ? whole : `${banner} · ${whole}`, ...mailBody(blocks, banner) }
}

const answerThere = (about: About, tasks: readonly Task[]): Block[] => [
  { list: tasks.map((task) => `${titleOf(task)}: asked of ${listOf(operatorsAsked(about.plan, task))}`) },
  ...tasks.flatMap(stepBlocks),
  'What to do: open the page, read what each one asks, and answer there.',
  where(about, '', `ckey tasks ${about.plan.id}`)
]

export const titleOf = (task: Task): string => kindOf(task).form.title(task)

function stepBlocks(task: Task): Block[] {
  const steps = kindOf(task).steps(task)
  if (steps.length === 0) return []
  return [`${titleOf(task)}:`, { list: steps.map((step, index) => `${String(index + 1)}. ${step}`) }]
}

/** The page, and the command that says the same. */
export function where({ plan, appUrl }: About, part: string, command: string): Block {
  const path = `/api/ui/onboardings/${plan.id}${part}`
  return appUrl === undefined
    ? `Where: ${path} of the app, or ${command}`
    : { label: `Where (or ${command})`, link: `${appUrl}${path}` }
}

const statesOf = (features: readonly FeatureOutput[]): Block => ({
  list: features.map(({ slot, subscriptionId, state }) => `Subscription ${String(slot)}, ${subscriptionId}: ${state}`)
})

const again = (number: number): string => (number === 1 ? '' : ` (mail ${String(number)} about it)`)

const day = (now: string, { sla }: About): string => formatMoment(now, sla.zone).split(' ').slice(0, 3).join(' ')
