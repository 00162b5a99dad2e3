import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { readCaller } from './bearer-token.ts'
import { isRevoked } from './revocations.ts'
import { TokenFault } from './token-fault.ts'
import { decisiveOf } from './decisive.ts'
import type { Fault, FaultList } from './faults.ts'
import type { JournalEntry } from './journal.ts'
import { reportFailure } from './report-failure.ts'
import { checkApiVersion, Router } from './router.ts'
import {
  AzureError,
  type Caller,
  type ErrorAbout,
  type Service,
  type SimulatedRequest,
  type SimulatedResponse,
  type Surroundings
} from './service.ts'
import { type ServiceName } from './service-name.ts'

export interface Answer {
  readonly response: SimulatedResponse
  /** How the connection must fail instead of, or within, the response. */
  readonly fault: Fault | undefined
}

/** What is asked of a service, before it is carried out. */
export interface AskedRequest extends Pick<SimulatedRequest, 'method' | 'host' | 'path' | 'headers'> {
  readonly service: ServiceName
  readonly operation: string
}

/** Told of every request before it is carried out, which waits for the listener. */
export type AskedListener = (asked: AskedRequest) => void | Promise<void>

/** Told of every request a service carried out, before its caller hears of it. */
export type AppliedListener = (entry: JournalEntry) => void | Promise<void>

/** A request and what a service answered to it, or would have where a fault cuts the connection. */
export interface Exchange {
  readonly service: ServiceName
  readonly operation: string
  readonly request: Pick<SimulatedRequest, 'method' | 'host' | 'path' | 'query' | 'headers'>
  readonly response: SimulatedResponse
  /** A fault answered in the service's place. */
  readonly faulted: boolean
}

/** Told of every answer, e.g. to hold it against Azure's own definitions. */
export type AnsweredListener = (exchange: Exchange) => void

type AnonymousRequest = Omit<SimulatedRequest, 'caller'>

export interface AnswererParts {
  readonly service: Service
  readonly around: Surroundings
  readonly faults: FaultList
  readonly asked?: readonly AskedListener[]
  readonly applied: readonly AppliedListener[]
  readonly answered?: readonly AnsweredListener[]
}

/** Carries one service's requests through authentication, faults and routes into the journal. */
export class Answerer {
  readonly #service: Service
  readonly #around: Surroundings
  readonly #faults: FaultList
  readonly #router: Router
  readonly #asked: readonly AskedListener[]
  readonly #applied: readonly AppliedListener[]
  readonly #answered: readonly AnsweredListener[]

  constructor({ service, around, faults, asked = [], applied, answered = [] }: AnswererParts) {
    this.#service = service
    this.#around = around
    this.#faults = faults
    this.#asked = asked
    this.#applied = applied
    this.#answered = answered
    this.#router = new Router(service.routes)
  }

  async answer(request: AnonymousRequest): Promise<Answer> {
    const operation = this.#operation(request)
    const fault = this.#faults.take(this.#service.name, operation, request)
    if (fault?.delayMs) await sleep(fault.delayMs)
    const inPlace = fault === undefined ? undefined : this.#faultInPlace(fault, request)
    const caller = this.#caller(request)
    for (const listener of this.#asked) await listener({ service: this.#service.name, operation, ...request })
    const carriedOut = inPlace ?? (await this.#carryOut(request, caller))
    const applied = inPlace === undefined && carriedOut.status < 400
    const response = said(fault, carriedOut)
    const entry = this.#record({ request, operation, caller, response, applied })
    const exchange = { service: this.#service.name, operation, request, response, faulted: isFaulted(fault) }
    // A connection that is cut before anything is done has no answer.
    if (fault?.kind !== 'reset') for (const listener of this.#answered) listener(exchange)
    if (entry.applied) for (const listener of this.#applied) await listener(entry)
    return { response, fault }
  }

  #operation(request: AnonymousRequest): string {
    // The first request of a Key Vault client carries neither token nor body: it only asks whom to ask for a token.
    if (this.#service.guard !== undefined && request.headers['authorization'] === undefined) return 'challenge'
    if (this.#service.raw !== undefined) return this.#service.raw.operation({ ...request, caller: undefined })
    try {
      return this.#router.match(request)?.route.operation ?? 'unknown'
    } catch {
      return 'unknown'
    }
  }

  #faultInPlace(fault: Fault, request: AnonymousRequest): SimulatedResponse | undefined {
    if (fault.kind === 'reset') return { status: 503 }
    if (fault.kind !== 'status') return undefined
    const {
      status = 503,
      code = 'ServiceUnavailable',
      retryAfterSeconds,
      message = `Simulated fault: ${code}.`
    } = fault
    const headers: Record<string, string> =
      retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
    return withMore(this.#refusal({ status, code, message, headers }, request), fault.more)
  }

  /** For the journal too, where a bad token has no name; the refusal itself comes from carrying out. */
  #caller(request: AnonymousRequest): Caller | undefined {
    try {
      return readCaller(request.headers['authorization'], this.#around.world.secret)
    } catch {
      return undefined
    }
  }

  async #carryOut(request: AnonymousRequest, caller: Caller | undefined): Promise<SimulatedResponse> {
    try {
      readCaller(request.headers['authorization'], this.#around.world.secret)
      return await this.#served({ ...request, caller })
    } catch (error) {
      if (error instanceof TokenFault) return this.#service.refuseToken(error, request, this.#around)
      return this.#refusal(error instanceof AzureError ? error : ownFailure(this.#service, error), request)
    }
  }

  #refusal(error: Refusal, { requestId, headers }: AnonymousRequest): SimulatedResponse {
    return errorResponse(this.#service, error, { requestId, headers, now: this.#around.clock.now() })
  }

  async #served(request: SimulatedRequest): Promise<SimulatedResponse> {
    const guarded = this.#service.guard?.(request, this.#around)
    if (guarded !== undefined) return guarded
    requireAudience(this.#service, request.caller)
    if (isRevoked(request.headers['authorization'], this.#service.name, this.#around.world))
      throw new TokenFault('revoked')
    if (this.#service.raw !== undefined) return this.#service.raw.handle(request, this.#around)
    const match = this.#router.match(request)
    if (match === undefined) throw this.#service.unknown?.(request) ?? noSuchPath(request)
    checkApiVersion(match.route, request, this.#service.refuseVersion ?? unnamedVersion)
    return match.route.handle(request, match.parameters, this.#around)
  }

  #record(seen: {
    request: AnonymousRequest
    operation: string
    caller: Caller | undefined
    response: SimulatedResponse
    applied: boolean
  }): JournalEntry {
    const {
      request: { method, host, path, requestId },
      operation,
      caller,
      response,
      applied
    } = seen
    const told = decisiveOf(operation, response)
    return this.#around.journal.append({
      at: this.#around.clock.nowIso(),
      service: this.#service.name,
      operation,
      method,
      host,
      path,
      status: response.status,
      requestId,
      applied,
      ...(told && { said: told }),
      ...(caller === undefined ? {} : { callerClientId: caller.clientId })
    })
  }
}

const unnamedVersion = (version: string): AzureError =>
  new AzureError(400, 'BadRequest', `There is no version '${version}' of this.`)

const isFaulted = (fault: Fault | undefined): boolean =>
  fault !== undefined && ['status', 'reset', 'answer'].includes(fault.kind)

const said = (fault: Fault | undefined, answer: SimulatedResponse): SimulatedResponse => fault?.says?.(answer) ?? answer

function requireAudience({ audiences }: Service, caller: Caller | undefined): void {
  if (audiences === undefined) return
  if (caller === undefined) throw new TokenFault('absent')
  if (!audiences.includes(caller.audience)) throw new TokenFault('audience', caller.audience)
}

function ownFailure({ name }: Service, error: unknown): AzureError {
  reportFailure(`as ${name}`, error)
  return new AzureError(500, 'InternalServerError', error instanceof Error ? error.message : String(error))
}

function noSuchPath(request: SimulatedRequest): AzureError {
  return new AzureError(404, 'NotFound', `There is no operation ${request.method} ${request.path}.`)
}

type Refusal = Pick<AzureError, 'status' | 'code' | 'message' | 'headers'>

const jsonError = z.object({ error: z.record(z.string(), z.unknown()) })

function withMore(response: SimulatedResponse, more: Fault['more']): SimulatedResponse {
  const body = jsonError.safeParse(response.json).data
  return body && more ? { ...response, json: { error: { ...body.error, ...more } } } : response
}

/** A body may be XML, as storage words it, which repeats the code in a header. */
function errorResponse(
  service: Service,
  { status, code, message, headers }: Refusal,
  about: ErrorAbout
): SimulatedResponse {
  const body = service.errorBody(code, message, about)
  if (typeof body !== 'string') return { status, headers, json: body }
  return {
    status,
    body: Buffer.from(body),
    headers: { ...headers, 'content-type': 'application/xml', 'x-ms-error-code': code }
  }
}
