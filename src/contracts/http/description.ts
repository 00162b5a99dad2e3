import type { z } from 'zod'
import type { Sha256 } from '../../domain/terms/digest.ts'
import type { AnsweredName, SentName } from './components.ts'
import type { ProblemCode } from './problems.ts'

/** What one operation takes and answers, each shape with an example. */
export interface Description {
  readonly query?: z.ZodObject
  readonly headers?: readonly { readonly name: string; readonly description: string }[]
  readonly body?: Body | TaskAnswers
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>
}

interface Body {
  readonly schema: SentName
  readonly example: unknown
  /** How a body that does not fit is refused. Absent: the operation reads it by rules of its own. */
  readonly refused?: { readonly code: ProblemCode; readonly title: string; readonly detail: string }
  /** Stands for an empty body. */
  readonly whenEmpty?: unknown
}

/** The body is the answer of a task, of whatever kind. */
interface TaskAnswers {
  readonly schema: 'task'
  readonly example: unknown
}

export interface Answer {
  readonly description: string
  /** Absent: nothing is sent as JSON. */
  readonly schema?: AnsweredName
  readonly example?: Example
  readonly headers?: readonly string[]
  /** Beside JSON, e.g. `text/markdown`. */
  readonly text?: readonly string[]
}

/** Of an operation that may have to wait on Azure. */
export const notYet = {
  description: 'Azure is still waited for: look again at the Location',
  schema: 'Waiting',
  example: { run: '0d7c4f6a1b2e4d3c8a9b7e6f5d4c3b2a', waitingOn: 'azure' },
  headers: ['Location', 'Retry-After']
} as const satisfies Answer

/** A value, or how it is made where it has digests in it. */
export type Example = Readonly<Record<string, unknown>> | ((sha256: Sha256) => object)
