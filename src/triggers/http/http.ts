import { createHash } from 'node:crypto'
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions'
import { problem, type Problem, type ProblemFacts } from '../../domain/terms/problem.ts'
import { suffices, type Role } from '../../domain/people/roles.ts'
import { isCrossSite } from './cross-site.ts'
import { orchestrationsOf, type Orchestrations } from '../durable-client.ts'
import { rolesOf } from './roles.ts'
import { parseShallow } from './shallow-json.ts'

/** What a route works with: the request, who asks, and the orchestrations. */
export interface Visit {
  readonly request: HttpRequest
  /** UPN, lower case, as the platform asserts it. */
  readonly actor: string
  readonly roles: readonly Role[]
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

/** Wraps a route: asks who acts and whether they may, and turns refusals into RFC 9457 problem documents. */
export const route =
  (work: Route, needs: Role = 'Reader') =>
  async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    try {
      return await work(visitOf(request, context, needs))
    } catch (error) {
      if (error instanceof Refusal) return problemResponse(error.problem)
      throw error
    }
  }

/** Whose request it is. Refuses one of another site, of nobody, and of somebody who may not. */
export function visitOf(request: HttpRequest, context: InvocationContext, needs: Role): Visit {
  refuseCrossSite(request)
  const visit = { request, actor: actorOf(request), roles: rolesOf(request), orchestrations: orchestrationsOf(context) }
  requireRole(visit, needs)
  return visit
}

/** Refuses who has not been given the role. */
export function requireRole({ actor, roles }: Pick<Visit, 'actor' | 'roles'>, needed: Role): void {
  if (suffices(roles, needed)) return
  throw refusal({
    status: 403,
    code: 'lacks-role',
    title: `${actor} is no ${needed} here`,
    detail: `Nothing was done. Ask an administrator of the tenant for the role ${needed} of this app, then sign in again.`
  })
}

export const json = (status: number, content: unknown, headers: Record<string, string> = {}): HttpResponseInit => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(content, undefined, 2)
})

/** Reads a JSON body or refuses it: 413 over 256 KB, 400 where it is no JSON, or nested absurdly. `whenEmpty` stands for none. */
export async function readJson(request: HttpRequest, whenEmpty?: unknown): Promise<unknown> {
  const bytes = Buffer.from(await request.arrayBuffer())
  if (bytes.length > largestBody) {
    const message = `The body has ${String(bytes.length)} bytes; at most ${String(largestBody)} are read. Send less.`
    throw refusal({
      status: 413,
      code: 'too-large',
      title: 'The body is too large',
      detail: message,
      faults: [{ path: '', message }]
    })
  }
  if (bytes.length === 0 && whenEmpty !== undefined) return whenEmpty
  try {
    return parseShallow(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    const message = 'The body could not be read as UTF-8 JSON of at most sixteen levels. Correct it and send it again.'
    throw refusal({
      status: 400,
      code: 'not-json',
      title: 'The body is not JSON',
      detail: message,
      faults: [{ path: '', message }]
    })
  }
}

export const refusal = (facts: ProblemFacts): Refusal => new Refusal(problem(facts))

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Nothing is changed for another site's page. */
function refuseCrossSite(request: HttpRequest): void {
  if (!isCrossSite(request)) return
  throw refusal({
    status: 403,
    code: 'cross-site',
    title: 'The request comes from another site',
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
    status: 401,
    code: 'not-signed-in',
    title: 'Nobody is signed in',
    detail: 'The platform asserted no user. Sign in and try again.'
  })
}
