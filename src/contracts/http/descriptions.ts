import type { z } from 'zod'
import type { answered, AnsweredName, sent, SentName } from './components.ts'
import { ofBackups } from './describe-backups.ts'
import { ofOnboardings } from './describe-onboardings.ts'
import type { Description } from './description.ts'
import type { OperationId } from './operations.ts'

/** What every operation takes and answers. The start of the app does without: it is loaded with the first request. */
export const descriptions = { ...ofOnboardings, ...ofBackups } satisfies Readonly<Record<OperationId, Description>>

type Descriptions = typeof descriptions

/** What an operation reads of the query; nothing where it reads none. */
export type QueryOf<Id extends OperationId> = Descriptions[Id] extends { query: infer Q extends z.ZodType }
  ? z.output<Q>
  : object

/** The same as a client writes it. */
export type QueryFor<Id extends OperationId> = Descriptions[Id] extends { query: infer Q extends z.ZodType }
  ? z.input<Q>
  : never

/** The body as the operation is handed it: held to its schema, or any JSON where it has rules of its own. */
export type BodyOf<Id extends OperationId> = Descriptions[Id] extends {
  body: { schema: infer S extends SentName; refused: object }
}
  ? z.output<(typeof sent)[S]>
  : unknown

/** The same as a client writes it: the answer of a task is checked by the task's own rules. */
export type BodyFor<Id extends OperationId> = Descriptions[Id] extends { body: { schema: infer S } }
  ? S extends SentName
    ? z.input<(typeof sent)[S]>
    : unknown
  : never

/** The statuses of an operation's answers, each with what comes with it. */
export type AnswersOf<Id extends OperationId> = {
  [Status in keyof Descriptions[Id]['answers'] & number]: {
    readonly status: Status
    readonly body: Descriptions[Id]['answers'][Status] extends { schema: infer S extends AnsweredName }
      ? z.output<(typeof answered)[S]>
      : undefined
  }
}[keyof Descriptions[Id]['answers'] & number]
