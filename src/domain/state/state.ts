import type { Proposal, Replacement } from '../plan/replacements.ts'
import type { AnsweredTask } from '../tasks/said.ts'
import type { Task } from '../tasks/task.ts'
import type { Finding, Override, Requirement } from '../terms/evidence.ts'
import type { AzureWait } from './azure-wait.ts'
import type { StepName } from './chapters.ts'

/** Who has to do something now. */
export const waitedOn = ['azure', 'people', 'microsoft', 'nobody'] as const

export type WaitingOn = (typeof waitedOn)[number]

/** What one orchestration knows of an onboarding, or of one vault of it: all of it, whatever a view has room for. */
export interface State {
  readonly step: StepName
  readonly waitingOn: WaitingOn
  /** ISO 8601 UTC: when the present wait becomes late. */
  readonly due?: string | undefined
  readonly tasks: readonly OpenTask[]
  /** What did not hold and waits for an operator. */
  readonly findings: readonly FindingSince[]
  readonly steps: readonly StepDone[]
  /** Everything people answered, the newest last. */
  readonly answers: readonly AnsweredTask[]
  readonly overrides: readonly Override[]
  readonly registration?: Registration
  /** Who is to act for a slot in another's place, once there is a second word. */
  readonly proposals: readonly Proposal[]
  /** Who acts for a slot in another's place. */
  readonly replaced: readonly Replacement[]
  /** What it waits for at Azure, while it does. */
  readonly wait?: AzureWait | undefined
  /** ISO 8601 UTC: a sleeper looks again then, whatever happens; absent while it works. */
  readonly nextLook?: string | undefined
  /** It waits for nothing that time brings: it looks only for the case that nobody told it to. */
  readonly idle?: boolean
  /** Who said `halt`; absent: nothing is halted. */
  readonly halted?: AnsweredTask | undefined
  /** How often new instances went on in the place of dead ones, the newest last. */
  readonly takeovers: readonly Takeover[]
  /** Why the last answer to a task was not taken, by the task's name. */
  readonly refusals: Readonly<Record<string, string>>
  /** How often each thing was asked or waited for, by its name: what tells a late answer from the one that is awaited. */
  readonly serials: Readonly<Record<string, number>>
  readonly outcome?: 'completed' | 'cancelled'
  /** Where the hand-off lies, once written. */
  readonly handOff?: { readonly name: string; readonly sha256: string }
}

/** A task somebody may answer now. */
export interface OpenTask {
  readonly task: Task
  /** Of its present asking: another serial answers nothing. */
  readonly serial: number
  /** ISO 8601 UTC: open since. */
  readonly since: string
  /** Who may answer, for a reader. */
  readonly for: string
  /** What to do. */
  readonly asks: string
  /** Nothing waits for it. */
  readonly optional?: boolean
}

/** `at`: ISO 8601 UTC. `why`: a code of `src/domain/ledger/takeover.ts`. */
export interface Takeover {
  readonly at: string
  readonly why: string
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

/** `since`: found at, ISO 8601 UTC. */
export type FindingSince = Finding & { readonly since: string }

/** The wait for Microsoft (R25, R26). Moments are ISO 8601 UTC. */
export interface Registration {
  /** Registration state in slot 1 and in slot 2. */
  readonly states: readonly [string, string]
  readonly mailedAt: string
  /** Absent: the clock still runs from the mail. */
  readonly acknowledgedAt?: string
  readonly dueAt: string
  readonly breachedAt?: string
}

/** Before anything was told. An onboarding begins with its preflight, a vault's branch with its own chapter. */
export const beginning = (step: StepName = 'preflight'): State => ({
  step,
  waitingOn: 'azure',
  tasks: [],
  findings: [],
  steps: [],
  answers: [],
  overrides: [],
  proposals: [],
  replaced: [],
  takeovers: [],
  refusals: {},
  serials: {}
})
