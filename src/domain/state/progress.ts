import type { Finding, Requirement } from '../terms/evidence.ts'
import type { Replacement } from '../plan/replacements.ts'
import type { AnsweredTask } from '../tasks/tasks.ts'

export type StepName =
  | 'preflight'
  | 'offers'
  | 'approvals'
  | 'registration'
  | 'waiting-on-microsoft'
  | 'vaults-and-keys'
  | 'attestations'
  | 'verification'
  | 'hand-off'
  | 'done'

/** An orchestration's custom status: all that a route, a page or a command knows of it. Stays under 16 KB. */
export interface OnboardingStatus {
  readonly step: StepName
  readonly waitingOn: 'azure' | 'people' | 'microsoft' | 'nobody'
  /** ISO 8601 UTC: when the present wait becomes late. */
  readonly due?: string | undefined
  readonly tasks: readonly OpenTask[]
  readonly findings: readonly FindingAt[]
  readonly steps: readonly StepDone[]
  /** The latest answers of people, the newest last. */
  readonly answers?: readonly AnsweredTask[]
  readonly registration?: StatusRegistration
  /** Who acts for a slot in another's place. */
  readonly replaced?: readonly Replacement[]
  /** The event that wakes a sleeper when Azure's registration state has changed. */
  readonly wake?: string
  readonly outcome?: 'completed' | 'cancelled' | 'failed'
  /** Where the hand-off lies, once written. */
  readonly handOff?: { readonly name: string; readonly sha256: string }
}

/** A task somebody may answer now. */
export interface OpenTask {
  /** e.g. `approve-slot-1` */
  readonly name: string
  /** The event that answers it; another serial answers nothing. */
  readonly event: string
  /** The orchestration that waits for it. */
  readonly instance: string
  /** ISO 8601 UTC: open since. */
  readonly since: string
  /** Who may answer, for a reader. */
  readonly for: string
  /** One sentence: what to do. */
  readonly asks: string
  /** Nothing waits for it. */
  readonly optional?: boolean
}

export interface StepDone {
  readonly step: StepName
  /** For a reader, e.g. `Microsoft notified`. */
  readonly title: string
  /** ISO 8601 UTC */
  readonly at: string
  /** What the step proved, in one line. */
  readonly detail: string
  readonly requirements: readonly Requirement[]
}

/** A finding and the orchestration that waits until it is cured or overridden. */
export type FindingAt = Finding & {
  readonly instance: string
  /** ISO 8601 UTC: found at. */
  readonly since: string
}

/** The wait for Microsoft (R25, R26). Moments are ISO 8601 UTC. */
export interface StatusRegistration {
  /** Registration state in slot 1 and in slot 2. */
  readonly states: readonly [string, string]
  readonly mailedAt: string
  /** Absent: the clock still runs from the mail. */
  readonly acknowledgedAt?: string
  readonly dueAt: string
  readonly breachedAt?: string
}
