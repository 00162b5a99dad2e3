import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions'
import type { OperationFacts } from '../../contracts/http/operations.ts'
import { problems, type ProblemCode } from '../../contracts/http/problems.ts'
import { StoreSilent } from '../../contracts/silent-store.ts'
import { UnreadableRecord } from '../../contracts/unreadable-record.ts'
import { problem, type Problem, type ProblemFacts } from '../../domain/terms/problem.ts'
import { suffices, type Role } from '../../domain/people/roles.ts'
import { isCrossSite } from './cross-site.ts'
import { orchestrationsOf, type Orchestrations } from '../durable-client.ts'
import { principalOf, type Nobody, type Principal } from './principal.ts'
import { parseShallow } from './shallow-json.ts'

/** What a route works with: the request, who asks, and the orchestrations. */
export interface Visit extends Principal {
  readonly request: HttpRequest
  readonly orchestrations: Orchestrations
  /** For whoever runs the app: what went wrong beside what was asked for. */
  readonly warn: InvocationContext['warn']
  /** For whoever keeps what was done, outside of the app: a line of a word and `name=value`, without names or words of people. */
  readonly info: InvocationContext['info']
}

/** A problem document on its way out. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>

  constructor(content: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(content.title)
    this.problem = content
    this.headers = headers
  }
}

/** Largest body a route reads. A request of fifty policies has 20 KB. */
const largestBody = 256 * 1024

/** Whose request it is, where that matters. Refuses one of another site, of nobody, and of somebody who may not. */
export function visitOf(request: HttpRequest, context: InvocationContext, { needs, tenantId }: Guard): Visit {
  const tools = {
    orchestrations: orchestrationsOf(context),
    warn: context.warn.bind(context),
    info: context.info.bind(context)
  }
  if (needs === 'anybody') return { request, ...noPerson, ...tools }
  refuseCrossSite(request)
  const visit = { request, ...signedIn(request, tenantId), ...tools }
  requireRole(visit, needs)
  return visit
}

interface Guard {
  readonly needs: OperationFacts['role']
  /** Of the deployment: nobody of another one is known here. */
  readonly tenantId: string
}

/** Stands where it does not matter who asks. */
const noPerson: Principal = { person: { oid: '', tid: '' }, actor: '', roles: [], contexts: [] }

/** Who is signed in, by what the platform asserts; 401 where that is nobody of this tenant. */
export function signedIn(request: HttpRequest, tenantId: string): Principal {
  const found = principalOf(request, tenantId)
  if ('why' in found) throw unknownSender(found)
  return found
}

const unknownSender = ({ why, seen }: Nobody): Refusal =>
  refusal({ code: why, title: unknownSenders[why][0], detail: `Nothing was done. ${seen}. ${unknownSenders[why][1]}` })

const unknownSenders = {
  'not-signed-in': ['Nobody is signed in', 'Sign in and try again.'],
  'no-object-id': [
    'The sign-in does not say which person it is',
    'Have the app sign people in with Microsoft Entra ID alone, sign out and in again.'
  ],
  'other-tenant': [
    'The sign-in is of another tenant',
    'Sign in with an account, or as a guest, of the tenant of this app.'
  ]
} as const satisfies Readonly<Record<Nobody['why'], readonly [title: string, cure: string]>>

/** Refuses who has not been given the role. */
export function requireRole({ actor, roles }: Pick<Visit, 'actor' | 'roles'>, needed: Role): void {
  if (suffices(roles, needed)) return
  throw refusal({
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

/** Reads a body of JSON or of a form no further than it may be long: 413 over 256 KB. */
export async function readBytes({ headers, body }: HttpRequest): Promise<Buffer> {
  if (Number(headers.get('content-length')) > largestBody) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  const stream: AsyncIterable<Uint8Array> | readonly Uint8Array[] = body ?? []
  for await (const chunk of stream) {
    size += chunk.length
    if (size > largestBody) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(): Refusal {
  const message = `The body has more than ${String(largestBody)} bytes, and is read no further. Send less.`
  return refusal({
    code: 'too-large',
    title: 'The body is too large',
    detail: message,
    faults: [{ path: '', message }]
  })
}

/** Reads a JSON body or refuses it: 400 where it is no JSON, or nested absurdly. `whenEmpty` stands for none. */
export async function readJson(request: HttpRequest, whenEmpty?: unknown): Promise<unknown> {
  const bytes = await readBytes(request)
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
export const problemResponse = ({ problem: content, headers }: Refusal): HttpResponseInit =>
  json(content.status, content, { ...headers, 'content-type': 'application/problem+json; charset=utf-8' })

/** A refusal under a code of the list, which says its status. */
export const refusal = ({ code, headers, ...facts }: RefusalFacts): Refusal =>
  new Refusal(problem({ ...facts, code, status: problems[code][0] }), headers)

type RefusalFacts = Omit<ProblemFacts, 'status' | 'code'> & {
  readonly code: ProblemCode
  readonly headers?: Readonly<Record<string, string>>
}

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
