import type { Offer } from '../terms/offer.ts'
import { businessDayOf, type Calendar } from '../calendar/business-calendar.ts'
import { byCause, type OneCause } from '../terms/by-cause.ts'
import type { BySlot } from '../terms/by-slot.ts'
import type { Finding } from '../terms/evidence.ts'
import type { PlanRef } from '../plan/plan.ts'
import type { Proposal, Replacement } from '../plan/replacements.ts'
import type { SlaRules } from '../calendar/sla.ts'
import type { Task } from '../tasks/task.ts'
import { kindOf } from '../tasks/task-kinds.ts'
import type { Workload } from '../terms/workloads.ts'
import type { Confirmation, Takeover } from './minute-mails.ts'

/** What operators are told by mail, and all that is needed to write it: history carries this, never the mail. */
export type Letter =
  | { readonly kind: 'started'; readonly startedBy: string }
  /** A chapter of the story asks people for something. */
  | { readonly kind: 'tasks'; readonly step: string; readonly tasks: readonly Task[] }
  /** What has been asked since an earlier working day. */
  | { readonly kind: 'tasks-again'; readonly tasks: readonly Task[]; readonly since: string }
  | { readonly kind: 'findings'; readonly findings: readonly LetterFinding[]; readonly more: number }
  /** Microsoft's answer is due, or overdue for the operators to know (R25). */
  | { readonly kind: 'reminder'; readonly due: string; readonly states: BySlot<string> }
  | { readonly kind: 'breach'; readonly number: number; readonly due: string; readonly states: BySlot<string> }
  /** To the alias of a workload, with its first mail quoted. */
  | {
      readonly kind: 'escalation'
      readonly number: number
      readonly workload: Workload
      readonly due: string
      readonly states: BySlot<string>
      readonly offers: readonly Offer[]
    }
  /** Somebody ended it, who may be none of its people. */
  | { readonly kind: 'cancelled'; readonly by: string; readonly reason: string }
  /** `sha256`: of the hand-off. */
  | { readonly kind: 'done'; readonly sha256: string }
  | ConfirmationLetter
  | VerdictLetter
  | ReplacedLetter
  | OfficerLetter
  | TakenOverLetter

/** To one person: what the app took down as said by them in one minute. */
export interface ConfirmationLetter extends Confirmation {
  readonly kind: 'confirmation'
  readonly minute: string
}

/** To one person: an answer of theirs was not taken. */
export interface VerdictLetter extends Confirmation {
  readonly kind: 'verdict'
}

/** To whom it concerns: somebody is to act in another's place, or does, or is not to any more. `id`: of what was proposed. */
export interface ReplacedLetter extends Proposal {
  readonly kind: 'replaced'
  readonly stage: 'proposed' | 'stands' | 'withdrawn'
  /** Addresses of everybody who is an officer or ever was: they are told of it, too. */
  readonly officers: readonly string[]
  /** Who says so: an operator, or whoever stopped it. */
  readonly by: string
  readonly reason: string
}

/** An officer is replaced: to those who were there before it is so, then to the newcomer. `id`: of the answer that says so. */
export interface OfficerLetter {
  readonly kind: 'officer-replaced'
  readonly stage: 'announced' | 'stands'
  readonly id: string
  /** Addresses. */
  readonly leaves: string
  readonly joins: string
  /** Of everybody who is an officer or ever was, the first ones first. */
  readonly earlier: readonly string[]
  /** Who says so. */
  readonly by: string
  readonly reason: string
}

/** New instances went on in the place of dead ones, in one minute. */
export interface TakenOverLetter {
  readonly kind: 'taken-over'
  readonly minute: string
  readonly takeovers: readonly Takeover[]
}

export type EscalationLetter = Extract<Letter, { kind: 'escalation' }>

/** All but those to Microsoft, which are the work's own. */
export type OperatorLetter = Exclude<Letter, EscalationLetter>

export type LetterFinding = Pick<Finding, 'check' | 'code' | 'requirement' | 'resource' | 'cause'> & {
  /** How many more of the same cause it stands for. */
  readonly others?: number
}

/**
 * What makes a letter another one: letters alike in this are one mail, sent once. Operators get one of a kind in a working
 * day, a weekend's belonging to the Monday after it; what comes later that day is in the next day's. The first is the kind.
 */
export function sameAs(letter: OperatorLetter, now: string, calendar: Calendar): [kind: string, ...string[]] {
  if ('stage' in letter) return [letter.kind, letter.stage, letter.id]
  if ('said' in letter) return [letter.kind, ...minuteIn(letter), letter.said[0].id]
  switch (letter.kind) {
    case 'started':
    case 'cancelled':
    case 'done':
      return [letter.kind]
    case 'taken-over':
      return [letter.kind, letter.minute]
    case 'tasks':
    case 'tasks-again':
      return ['tasks', businessDayOf(now, calendar)]
    case 'findings':
    case 'reminder':
    case 'breach':
      return [letter.kind, businessDayOf(now, calendar)]
  }
}

const minuteIn = (letter: ConfirmationLetter | VerdictLetter): string[] =>
  letter.kind === 'confirmation' ? [letter.minute] : []

/** Which letter it was, for a reader of the timeline. */
export function letterName(letter: Letter): string {
  if (letter.kind === 'escalation')
    return `escalation${letter.number === 1 ? '' : ` ${String(letter.number)}`} to Microsoft (${letter.workload})`
  return letter.kind === 'confirmation' ? `confirmation of ${letter.minute} UTC` : letter.kind
}

/** How an onboarding stands: what it asks, and what it has found. */
export interface Standing {
  readonly tasks: readonly { readonly task: Task; readonly since: string }[]
  readonly findings: readonly LetterFinding[]
}

/** One onboarding that something stands open in. */
export interface OpenOnboarding {
  readonly onboarding: string
  readonly plan: PlanRef
  /** Who acts in whose place since the request. */
  readonly replaced: readonly Replacement[]
  readonly sla: SlaRules
  readonly standing: Standing
}

/** Input of the short orchestration that each tick of the timer starts. */
export interface ReminderInput {
  readonly onboardings: readonly OpenOnboarding[]
}

const mostFindings = 10

/**
 * What is to be said of what stands now. Tasks of today were told when they were asked, but for those of branches; once one
 * stands since an earlier day, all are told together.
 */
export function lettersOn({ tasks, findings }: Standing, now: string, calendar: Calendar): OperatorLetter[] {
  const today = businessDayOf(now, calendar)
  const causes = byCause(findings).map(shownOf)
  const first = tasks.map(({ since }) => since).toSorted()[0]
  const all = tasks.map(({ task }) => task)
  const ofBranches = all.filter((task) => kindOf(task).ofVault)
  const isOld = first !== undefined && businessDayOf(first, calendar) < today
  return [
    ...(isOld
      ? [{ kind: 'tasks-again', tasks: all, since: first } as const]
      : ofBranches.length > 0
        ? [{ kind: 'tasks', step: 'vaults-and-keys', tasks: ofBranches } as const]
        : []),
    ...(findings.length === 0
      ? []
      : [
          {
            kind: 'findings',
            findings: causes.slice(0, mostFindings),
            more: causes.slice(mostFindings).reduce((sum, { others = 0 }) => sum + 1 + others, 0)
          } as const
        ])
  ]
}

const shownOf = ({ finding, others }: OneCause<LetterFinding>): LetterFinding =>
  others.length === 0 ? finding : { ...finding, others: others.length }
