import type { z } from 'zod'
import type { Role } from '../people/roles.ts'
import type { Plan } from '../plan/plan.ts'
import type { TaskFamily } from '../requirements/requirement-facts.ts'
import type { Fault } from '../terms/fault.ts'
import type { FormContext, FormField, FormValues } from './form.ts'
import type { HandOffLines, TaskAnswer } from './said.ts'
import type { Task, TaskKind } from './task.ts'
import type { Whom } from './whom.ts'

/**
 * All there is to say of one kind of human task; nothing else in the app knows a kind by its name. `A`: its answer. `W`:
 * what its sentences need to know beside the task.
 */
export interface TaskDefinition<K extends TaskKind, A, W> {
  readonly kind: K
  readonly answer: AnswerShape<A>
  readonly form: TaskForm<K>
  /** What of the onboarding is to be read before it is answered. */
  readonly toRead: 'plan' | 'mail' | 'nothing'
  /** What to do, step by step, where a sentence does not tell it. */
  readonly steps: (task: Task<K>) => readonly string[]
  /** What whoever does it runs, in `az` or in `ckey`. */
  readonly commands: (task: Task<K>, about: W) => readonly string[]
  /** One sentence: what to do. */
  readonly asks: (task: Task<K>, about: W, commands: readonly string[]) => string
  /** Who may answer. */
  readonly whom: Whom<Task<K>>
  /** What the sign-in must let them do: decisions that cannot be taken back, and who takes over, are for approvers. */
  readonly role: Exclude<Role, 'Reader'>
  /**
   * Whether it takes a stronger sign-in, where the deployment asks for one: what approves, confirms, overrides or goes on, who
   * may have keys destroyed, and a copy that nothing reads back. Not what proposes, what stops, and what Azure shows.
   */
  readonly stepUp: boolean
  /** Nothing waits for it. */
  readonly optional: boolean
  /** Where readers find it: for itself, with the finding it is about, or folded, beside every wait. */
  readonly stands: 'alone' | 'with-finding' | 'beside'
  /** Whether its answer says what a person did, or had the app do, for one vault: such answers have a list in the hand-off. */
  readonly ofVault: boolean
  /** By which name requirements ask for it, and which of it a plan then has; undefined where none asks. */
  readonly proves: { readonly family: TaskFamily; readonly expected: (plan: Plan) => readonly Task<K>[] } | undefined
  /** What is wrong with an answer that its schema takes. */
  readonly faults: (task: Task<K>, answer: A, plan: Pick<Plan, 'slots' | 'digest'>) => readonly Fault[]
  readonly reads: {
    /** In a line of the story, before who answered it: `slot 1` by alice@contoso.com. */
    readonly status: (task: Task<K>) => string
    /** Why, where the answer says it: for the audit. */
    readonly reason: (answer: A) => string | undefined
    /** What of it stands among the people of the hand-off; undefined where other parts of it tell. */
    readonly handOff: (said: TaskAnswer<K, A>) => HandOffLines | undefined
  }
}

/** An answer as the API takes and describes it. */
export interface AnswerShape<A> {
  /** Component of the API's description; kinds that are answered alike share one. */
  readonly component: string
  readonly schema: z.ZodType<A>
  readonly example: A
}

export interface TaskForm<K extends TaskKind = TaskKind> {
  readonly title: (task: Task<K>) => string
  /** On the button. */
  readonly action: string
  /** Whether the button warns: its press cannot be made good. */
  readonly warns: boolean
  readonly fields: readonly FormField[]
  /** The answer's JSON. It may still have faults: the schema decides. */
  readonly toAnswer: (values: FormValues, context: FormContext) => unknown
}

/** One kind, with all that is to be said of it; it then takes its place in `task-kinds.ts`. */
export const defineTask = <K extends TaskKind, A, W>(
  kind: K,
  said: Omit<TaskDefinition<K, A, W>, 'kind'>
): TaskDefinition<K, A, W> => ({ kind, ...said })

/** For what a kind has none of: steps, commands, faults. */
export const none = (): readonly [] => []

/** For what a kind does not say. */
export const unsaid = (): undefined => undefined
