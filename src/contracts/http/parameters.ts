import { z } from 'zod'
import { requestId } from '../../domain/terms/fields.ts'
import type { OperationId, Operations } from './operations.ts'
import type { PageId, Pages } from './pages.ts'
import type { ProblemCode } from './problems.ts'

/** A part of a path. */
interface Parameter {
  readonly schema: z.ZodType<string>
  readonly description: string
  /** What a value that cannot be one is refused with. */
  readonly otherwise: ProblemCode
  /** What there is none of. */
  readonly what: string
  /** Where to look instead. */
  readonly look: string
}

/** What every `{parameter}` of a path looks like: one that a path names and this does not have does not compile. */
export const parameters = {
  id: {
    schema: requestId,
    description: 'The onboarding: the id of its request',
    otherwise: 'no-such-onboarding',
    what: 'onboarding',
    look: 'Look at GET /api/onboardings for those there are.'
  },
  task: {
    schema: z.string().regex(/^[a-z][a-z0-9.-]{0,299}$/),
    description: 'Name of the task, e.g. approve-slot-1 or send-mail-exchange',
    otherwise: 'no-such-task',
    what: 'task',
    look: 'Look at the onboarding for those that are open.'
  },
  run: {
    schema: z.string().regex(/^[a-z0-9-]{3,40}$/),
    description: 'What the first answer named: what is waited for',
    otherwise: 'no-such-run',
    what: 'run',
    look: 'Send what started it again.'
  },
  file: {
    schema: z.string().regex(/^[a-z.-]{1,40}$/),
    description: 'A file of the page',
    otherwise: 'no-such-file',
    what: 'file',
    look: 'Reload the page.'
  }
} as const satisfies Readonly<Record<NamesIn<Operations[OperationId]['path'] | Pages[PageId]['path']>, Parameter>>

export type ParameterName = keyof typeof parameters

/** The names in a path: `onboardings/{id}` has `id`. */
export type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never

/** The values of a path's parameters. */
export type ParametersOf<Path extends string> = { readonly [Name in NamesIn<Path>]: string }

/** The parameters of a path, in its order. */
export const parametersIn = (path: string): ParameterName[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).filter(isParameter)

const isParameter = (name: string | undefined): name is ParameterName => name !== undefined && name in parameters
