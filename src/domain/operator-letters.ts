import type { Offer } from './alias-email.ts'
import { businessDayOf, type Calendar } from './business-calendar.ts'
import type { Finding } from './evidence.ts'
import type { Replacement } from './replacements.ts'
import type { OnboardingRequest } from './request.ts'
import type { SlaRules } from './sla.ts'
import { isVaultTask } from './vault-tasks.ts'
import type { Workload } from './workloads.ts'

/** What operators are told by mail, and all that is needed to write it: history carries this, never the mail. */
export type Letter =
  | { readonly kind: 'started'; readonly startedBy: string }
  /** A chapter of the story asks people for something. */
  | { readonly kind: 'tasks'; readonly step: string; readonly tasks: readonly string[] }
  /** What has been asked since an earlier working day. */
  | { readonly kind: 'tasks-again'; readonly tasks: readonly string[]; readonly since: string }
  | { readonly kind: 'findings'; readonly findings: readonly LetterFinding[]; readonly more: number }
  /** Microsoft's answer is due, or overdue for the operators to know (R25). */
  | { readonly kind: 'reminder'; readonly due: string; readonly states: readonly string[] }
  | { readonly kind: 'breach'; readonly number: number; readonly due: string; readonly states: readonly string[] }
  /** To the alias of a workload, with its first mail quoted. */
  | {
    readonly kind: 'escalation'
    readonly number: number
    readonly workload: Workload
    readonly due: string
    readonly states: readonly string[]
    readonly offers: readonly Offer[]
  }
  | { readonly kind: 'done' }

export type EscalationLetter = Extract<Letter, { kind: 'escalation' }>

export type LetterFinding = Pick<Finding, 'code' | 'requirement' | 'resource'>

/**
 * What makes a letter another one: letters alike in this are one mail, sent once. What stands for days is told once in
 * a working day; a weekend's belongs to the Monday after it.
 */
export function sameAs(letter: Letter, now: string, calendar: Calendar): string[] {
  switch (letter.kind) {
    case 'started': case 'done': return [letter.kind]
    case 'reminder': return [letter.kind, letter.due]
    case 'breach': return [letter.kind, letter.due, String(letter.number)]
    case 'escalation': return [letter.kind, letter.due, letter.workload, String(letter.number)]
    case 'tasks': return [letter.kind, letter.step, businessDayOf(now, calendar)]
    case 'tasks-again': case 'findings': return [letter.kind, businessDayOf(now, calendar)]
  }
}

/** How an onboarding stands: what it asks, and what it has found. */
export interface Standing {
  readonly tasks: readonly { readonly name: string; readonly since: string }[]
  readonly findings: readonly LetterFinding[]
}

/** One onboarding that something stands open in. */
export interface Reminded {
  readonly request: OnboardingRequest
  /** Who acts in whose place since the request. */
  readonly replaced: readonly Replacement[]
  readonly sla: SlaRules
  readonly standing: Standing
}

/** Input of the short orchestration that each tick of the timer starts. */
export interface ReminderInput {
  readonly onboardings: readonly Reminded[]
}

const mostFindings = 10

/** What is to be said of what stands now. Tasks of today were told when they were asked, but for those of branches. */
export function lettersOn({ tasks, findings }: Standing, now: string, calendar: Calendar): Letter[] {
  const today = businessDayOf(now, calendar)
  const isOld = ({ since }: Standing['tasks'][number]) => businessDayOf(since, calendar) < today
  const old = tasks.filter(isOld)
  const ofBranches = tasks.filter((task) => isVaultTask(task.name) && !isOld(task))
  const [first] = old.map(({ since }) => since).toSorted()
  return [
    ...ofBranches.length === 0 ? [] : [{ kind: 'tasks', step: 'vaults-and-keys', tasks: ofBranches.map(({ name }) => name) } as const],
    ...first === undefined ? [] : [{ kind: 'tasks-again', tasks: old.map(({ name }) => name), since: first } as const],
    ...findings.length === 0 ? [] : [{
      kind: 'findings', findings: findings.slice(0, mostFindings), more: Math.max(findings.length - mostFindings, 0)
    } as const]
  ]
}
