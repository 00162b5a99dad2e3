import type { Proposal, Replacement } from '../plan/replacements.ts'
import type { AnsweredTask } from '../tasks/said.ts'
import type { Task } from '../tasks/task.ts'
import type { Finding, Override, Requirement } from '../terms/evidence.ts'
import type { AzureWait } from './azure-wait.ts'
import type { StepName } from './chapters.ts'
import type { OpenTask, Registration, State, WaitingOn } from './state.ts'

/** One thing that the story was told or has done. Facts are all that state is made of. `at`: ISO 8601 UTC. */
export type Fact =
  | { readonly fact: 'chapter-begun'; readonly step: StepName; readonly waitingOn: WaitingOn }
  | { readonly fact: 'waiting'; readonly on: WaitingOn }
  /** Something is proved or done: a line for readers. */
  | {
      readonly fact: 'step-done'
      readonly title: string
      readonly detail: string
      readonly requirements: readonly Requirement[]
      readonly at: string
    }
  | { readonly fact: 'asked'; readonly question: Omit<OpenTask, 'serial' | 'since'>; readonly at: string }
  /** Nobody is asked any more: answered, or another wait has begun. */
  | { readonly fact: 'closed'; readonly tasks: readonly Task[] }
  /** An answer was not taken; without a reason, an earlier refusal is over. */
  | { readonly fact: 'judged'; readonly task: Task; readonly refusal: string | undefined }
  | { readonly fact: 'answered'; readonly answers: readonly AnsweredTask[] }
  | { readonly fact: 'found'; readonly findings: readonly Finding[]; readonly at: string }
  | { readonly fact: 'overridden'; readonly overrides: readonly Override[] }
  /** Somebody is to take another's place, and does once there is a second word. */
  | { readonly fact: 'proposed'; readonly proposal: Proposal }
  /** It stands, or was withdrawn. `proposal`: its id. */
  | { readonly fact: 'proposal-over'; readonly proposal: string }
  | { readonly fact: 'replaced'; readonly replacement: Replacement }
  /** Whoever took over acts from here on. `replacement`: its id. */
  | { readonly fact: 'plan-confirmed'; readonly replacement: string }
  /** `due`: until when Microsoft has time; absent once that is over. */
  | { readonly fact: 'registration-seen'; readonly registration: Registration; readonly due?: string }
  | { readonly fact: 'due-over' }
  /** Asleep, and looks again then, whatever happens; absent: awake. */
  | { readonly fact: 'looks-next'; readonly at: string | undefined; readonly idle?: boolean }
  /** Azure is waited for; without a wait, it is not any more. */
  | { readonly fact: 'azure-awaited'; readonly wait?: AzureWait }
  /** Nothing more is changed in Azure until one person of each slot has said `go on`. */
  | { readonly fact: 'halted'; readonly by: AnsweredTask }
  | { readonly fact: 'went-on' }
  /** The orchestration instance before is gone, and a new one goes on from the ledger. */
  | { readonly fact: 'taken-over'; readonly at: string; readonly why: string }
  | {
      readonly fact: 'ended'
      readonly outcome: NonNullable<State['outcome']>
      readonly handOff?: NonNullable<State['handOff']>
    }
