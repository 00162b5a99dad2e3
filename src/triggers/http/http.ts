import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions'
import type { Operation } from '../../contracts/http/operations.ts'
import { problems, type ProblemCode } from '../../contracts/http/problems.ts'
import { StoreSilent } from '../../contracts/silent-store.ts'
import { UnreadableRecord } from '../../contracts/unreadable-record.ts'
import type { Person } from '../../domain/people/person.ts'
import { problem, type Problem, type ProblemFacts } from '../../domain/terms/problem.ts'
import { suffices, type Role } from '../../domain/people/roles.ts'
import { isCrossSite } from './cross-site.ts'
import { orchestrationsOf, type Orchestrations } from '../durable-client.ts'
import { principalOf, type Principal } from './principal.ts'
import { parseShallow } from './shallow-json.ts'

/** What a route works with: the request, who asks, and the orchestrations. */
export interface Visit extends Principal {
  readonly request: HttpRequest
  /** UPN, lower case, as the platform asserts it; empty where anybody may ask. */
  readonly actor: string
  readonly orchestrations: Orchestrations
  /** For whoever runs the app: what went wrong beside what was asked for. */
  readonly warn: InvocationContext['warn']
}

/** A problem document on its way out. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problem: Problem

  constructor(content: Problem) {
    super(content.title)
    this.problem = content
  }
}

type Needs = Operation['role']

/** Largest body a route reads. A request of fifty policies has 20 KB. */
const largestBody = 256 * 1024

/** Whose request it is, where that matters. Refuses one of another site, of nobody, and of somebody who may not. */
export function visitOf(request: HttpRequest, context: InvocationContext, needs: Needs): Visit {
  const tools = { orchestrations: orchestrationsOf(context), warn: context.warn.bind(context) }
  if (needs === 'anybody') return { request, actor: '', roles: [], person: undefined, ...tools }
  refuseCrossSite(request)
  const visit = { request, actor: actorOf(request), ...principalOf(request), ...tools }
  requireRole(visit, needs)
  return visit
}

/** Refuses who has not been given the role. */
export function requireRole({ actor, roles }: Pick<Visit, 'actor' | 'roles'>, needed: Role): void {
  if (suffices(roles, needed)) return
  throw refusal({
    code: 'lacks-role',
    title: `${actor} is no ${needed} here`,
    detail: `Nothing was done. Ask an administrator of the tenant for the role ${needed} of this app, then sign in again.`
  })
}

/** Which person acts: whoever changes something must be known by more than a name. */
export function personOf({ actor, person }: Pick<Visit, 'actor' | 'person'>): Person {
  if (person) return person
  throw refusal({
    code: 'no-object-id',
    title: `The sign-in does not say which person ${actor} is`,
    detail:
      'Nothing was done. Its claims have no object id of person and tenant (oid and tid): have the app sign people in with Microsoft Entra ID, sign out and in again.'
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
      code: 'not-json',
      title: 'The body is not JSON',
      detail: message,
      faults: [{ path: '', message }]
    })
  }
}

/** A refusal as it is answered (RFC 9457). */
export const problemResponse = ({ problem: content }: Refusal): HttpResponseInit =>
  json(content.status, content, { 'content-type': 'application/problem+json; charset=utf-8' })

/** A refusal under a code of the list, which says its status. */
export const refusal = ({
  code,
  ...facts
}: Omit<ProblemFacts, 'status' | 'code'> & { readonly code: ProblemCode }): Refusal =>
  new Refusal(problem({ ...facts, code, status: problems[code][0] }))

/** What is told to whoever asked; thrown on where it is no refusal of this app. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof StoreSilent) return silent(error)
  if (!(error instanceof UnreadableRecord)) throw error
  return refusal({ code: 'unreadable-record', title: 'A stored document cannot be read', detail: error.message })
}

/** Several parts may have asked the same: the answer to one of them may stand, so who asked looks first. */
const silent = ({ message }: StoreSilent): Refusal =>
  refusal({
    code: 'store-silent',
    title: 'The store of records does not do its part',
    detail: `${message} Nobody was told of anything. Look how it stands, then send it again.`
  })

/** Nothing is changed for another site's page. */
function refuseCrossSite(request: HttpRequest): void {
  if (!isCrossSite(request)) return
  throw refusal({
    code: 'cross-site',
    title: 'The request comes from another site',
    detail: 'Nothing was done. Use the page of this app, or a program that signs in itself.'
  })
}

/** Who is signed in, by what the platform asserts; 401 where nobody is. */
export function actorOf(request: HttpRequest): string {
  const name = request.headers.get('x-ms-client-principal-name')?.trim().toLowerCase()
  if (name) return name
  throw refusal({
    code: 'not-signed-in',
    title: 'Nobody is signed in',
    detail: 'The platform asserted no user. Sign in and try again.'
  })
}
