import type { PipelineResponse } from '@azure/core-rest-pipeline'
import type { z } from 'zod'
import { faultsOf } from '../../domain/terms/fault.ts'

/**
 * An answer that says yes and is not what such an answer is (DESIGN rule 12). Not an error of the SDK's kind, so that no
 * retry policy takes it for one that passes. The message tells what was expected where, and never what was there.
 */
export class Misfit extends Error {
  override readonly name = 'Misfit'
  // Not a field that a log would show: it holds body and token.
  readonly #response: PipelineResponse | undefined

  constructor(why: string, response?: PipelineResponse) {
    super(why)
    this.#response = response
  }

  get response(): PipelineResponse | undefined {
    return this.#response
  }
}

/** What an answer says, as far as it is read. Throws a `Misfit`. */
export function fitting<T>(shape: z.ZodType<T>, answer: unknown, response?: PipelineResponse): T {
  const read = shape.safeParse(answer)
  if (read.success) return read.data
  const [{ path, message } = { path: '', message: 'it does not fit' }] = faultsOf(read.error)
  throw new Misfit(`${path || 'the answer'}: ${message}`, response)
}

/**
 * The SDK clients type every field of an answer as one that may be absent. What the app cannot do without is in the shape
 * of the answer; this says the same to the compiler.
 */
export function needed<T>(value: T | null | undefined, what: string): T {
  if (value !== null && value !== undefined && value !== '') return value
  throw new Misfit(`${what} is missing`)
}
