import { createHash } from 'node:crypto'
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions'
import { problem, type Problem, type ProblemFacts } from '../domain/problem.ts'
import { isCrossSite } from './cross-site.ts'
import { orchestrationsOf, type Orchestrations } from './durable-client.ts'

/** What a route works with: the request, who asks, and the orchestrations. */
export interface Visit {
  readonly request: HttpRequest
  /** UPN, lower case, as the platform asserts it. */
  readonly actor: string
  readonly orchestrations: Orchestrations
}

type Route = (visit: Visit) => Promise<HttpResponseInit>

/** A problem document on its way out; thrown by a route, answered by `route`. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problem: Problem

  constructor(content: Problem) {
    super(content.title)
    this.problem = content
  }
}

/** Largest body a route reads. A request of fifty policies has 20 KB. */
const largestBody = 256 * 1024

/** Wraps a route: asks who acts, and turns refusals into RFC 9457 problem documents. */
export const route =
  (work: Route) =>
  async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    try {
      refuseCrossSite(request)
      return await work({ request, actor: actorOf(request), orchestrations: orchestrationsOf(context) })
    } catch (error) {
      if (error instanceof Refusal) return problemResponse(error.problem)
      throw error
    }
  }

export const json = (status: number, content: unknown, headers: Record<string, string> = {}): HttpResponseInit => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(content, undefined, 2)
})

/** Reads a JSON body or refuses it: 413 over 256 KB, 400 where it is not JSON. `whenEmpty` stands for no body at all. */
export async function readJson(request: HttpRequest, whenEmpty?: unknown): Promise<unknown> {
  const bytes = Buffer.from(await request.arrayBuffer())
  if (bytes.length > largestBody) {
    const message = `The body has ${String(bytes.length)} bytes; at most ${String(largestBody)} are read. Send less.`
    throw refusal({ status: 413, code: 'too-large', title: 'The body is too large', detail: message, faults: [{ path: '', message }] })
  }
  if (bytes.length === 0 && whenEmpty !== undefined) return whenEmpty
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    const message = 'The body could not be read as UTF-8 JSON. Correct it and send it again.'
    throw refusal({ status: 400, code: 'not-json', title: 'The body is not JSON', detail: message, faults: [{ path: '', message }] })
  }
}

export const refusal = (facts: ProblemFacts): Refusal => new Refusal(problem(facts))

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Nothing is changed for another site's page. */
export function refuseCrossSite(request: HttpRequest): void {
  if (!isCrossSite(request)) return
  throw refusal({
    status: 403, code: 'cross-site', title: 'The request comes from another site',
    detail: 'Nothing was done. Use the page of this app, or a program that signs in itself.'
  })
}

function problemResponse(content: Problem): HttpResponseInit {
  return { ...json(content.status, content), headers: { 'content-type': 'application/problem+json; charset=utf-8' } }
}

/** Who is signed in, by what the platform asserts; 401 where nobody is. */
export function actorOf(request: HttpRequest): string {
  const name = request.headers.get('x-ms-client-principal-name')?.trim().toLowerCase()
  if (name) return name
  throw refusal({
    status: 401, code: 'not-signed-in', title: 'Nobody is signed in', detail: 'The platform asserted no user. Sign in and try again.'
  })
}
