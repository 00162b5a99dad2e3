import { AsyncLocalStorage } from 'node:async_hooks'
import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline'
import { z } from 'zod'
import { fitting, Misfit } from './misfit.ts'

/** What the answers to one call must be. */
export interface Expected<T = unknown> {
  readonly shape: z.ZodType<T>
  /** Links to pages that were followed for the same question. */
  readonly links: Set<string>
}

/** What is asked, in one or several calls. */
export interface Question {
  readonly timeout: AbortSignal
  /** Of the call that was named last. */
  newest?: Expected
  /** Told of each answer: not every client tells of its own. */
  readonly onAnswer: (answer: PipelineResponse) => void
}

const expectations = new WeakMap<object, Expected>()
const questions = new AsyncLocalStorage<Question>()

export const asking = <T>(question: Question, work: () => Promise<T>): Promise<T> => questions.run(question, work)

/** From now on answers to what carries this signal are held to it. */
export function expectOn(signal: AbortSignal, expected: Expected): void {
  expectations.set(signal, expected)
  const question = questions.getStore()
  if (question) question.newest = expected
}

/**
 * Holds the body of every answer that says yes to what is expected, and hands on of it only that: the clients read `{}` for
 * an empty list, and trip over parts that nobody wants (DESIGN rule 12).
 */
export const readablePolicy: PipelinePolicy = {
  name: 'readablePolicy',
  async sendRequest(request, next) {
    const expected = expectedOf(request)
    const response = await next(request)
    questions.getStore()?.onAnswer(response)
    if (response.status < 200 || response.status >= 300) {
      refusals.set(response.request, response.bodyAsText ?? '')
      return saying(response, refusalIn(response))
    }
    const said = readable(response, expected)
    return said === undefined ? response : saying(response, said)
  }
}

/** The clients look at the media type before they read, and trip over a body that is not there. */
function saying(response: PipelineResponse, said: unknown): PipelineResponse {
  response.headers.set('content-type', 'application/json; charset=utf-8')
  return { ...response, bodyAsText: JSON.stringify(said) }
}

/** What a proxy says, or nobody, is no refusal in Azure's words: clients fail of it in theirs, like a fault of ours. */
function refusalIn({ bodyAsText, status }: PipelineResponse): unknown {
  try {
    return refusalShape.parse(JSON.parse(bodyAsText ?? ''))
  } catch {
    return { error: { code: `Status${status}`, message: '' } }
  }
}

const refusalShape = z.looseObject({
  error: z.looseObject({ code: z.string().nullish(), message: z.string().nullish() })
})

/** Bodies of answers that say no: most clients keep of them no more than the outermost code, and lists not even the sentence. */
const refusals = new WeakMap<PipelineRequest, string>()

export const refusalBody = (request: PipelineRequest): string | undefined => refusals.get(request)

/**
 * A client tells its calls apart by the signal that each hands on. Some hand nothing on, neither to the second page of a
 * list nor to `getKeyRotationPolicy`: those belong to what was named last, and end with the question.
 */
function expectedOf(request: PipelineRequest): Expected {
  const question = questions.getStore()
  const expected = (request.abortSignal && expectations.get(request.abortSignal)) ?? question?.newest
  if (question && !request.abortSignal) request.abortSignal = question.timeout
  if (expected) return expected
  throw new Error(
    `Nobody said what the answer to ${request.method} ${new URL(request.url).pathname} must be. Name it in answers.ts.`
  )
}

/** The body of an answer as its shape gives it. Throws a `Misfit`. */
export function readable<T>(response: PipelineResponse, { shape, links }: Expected<T>): T {
  const body = parsed(response)
  const said = fitting(shape, body, response)
  const next = nextPage(body)
  if (next === undefined) return said
  const here = new URL(response.request.url)
  // Wherever it leads, the token of this identity goes with it.
  if (!URL.canParse(next) || new URL(next).origin !== here.origin)
    throw new Misfit(`/nextLink: expected an address at ${here.host}`, response)
  if (links.has(next)) throw new Misfit('/nextLink: expected a page that was not read yet', response)
  links.add(next)
  return said
}

function parsed(response: PipelineResponse): unknown {
  if (!response.bodyAsText) return undefined
  try {
    return JSON.parse(response.bodyAsText)
  } catch {
    throw new Misfit('the answer: expected JSON', response)
  }
}

const linked = z.object({ nextLink: z.string().nullish(), '@odata.nextLink': z.string().nullish() })

function nextPage(body: unknown): string | undefined {
  const { nextLink, '@odata.nextLink': odata } = linked.safeParse(body).data ?? {}
  return nextLink || odata || undefined
}
