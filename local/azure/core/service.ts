import type { ServiceName } from './service-name.ts'
import type { TokenFault } from './token-fault.ts'
import type { Journal } from './journal.ts'
import type { SimulatedClock } from './clock.ts'
import type { World } from './world.ts'

/** One request as a simulated service sees it: real host name, decoded query, whole body. */
export interface SimulatedRequest {
  readonly method: string
  /** Lower-case host name the client asked for, e.g. `contoso-ck-ex-na-vaulta1.vault.azure.net`. */
  readonly host: string
  /** Path with duplicate and trailing slashes removed, undecoded, e.g. `/subscriptions/…/features/x/register`. */
  readonly path: string
  /** Path and query exactly as sent, for a service that passes requests on. */
  readonly target: string
  /** Names are lower-cased: some clients percent-encode or capitalise them. */
  readonly query: ReadonlyMap<string, string>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Who signed the bearer token; absent when there is none. An invalid token is refused before a service sees it. */
  readonly caller: Caller | undefined
  /** What becomes the response's `x-ms-request-id` and the journal entry's. */
  readonly requestId: string
}

export interface Caller {
  readonly clientId: string
  readonly objectId: string
  readonly tenantId: string
  /** Audience of the token without trailing slash, e.g. `https://vault.azure.net`. */
  readonly audience: string
  /** Of a person who signed in; absent where an application acts for itself. */
  readonly userPrincipalName?: string
}

/** `json` and `body` exclude each other; neither means an empty body. */
export interface SimulatedResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly body?: Buffer
}

/** Everything a simulated service may touch beside the request. */
export interface Surroundings {
  readonly world: World
  readonly clock: SimulatedClock
  readonly journal: Journal
}

export interface Route {
  readonly method: string
  /**
   * Path with `{name}` for (part of) one segment and `{*name}` for one or more, matched case-insensitively as ARM does,
   * e.g. `/subscriptions/{sub}`, `/v1.0/servicePrincipals(appId='{appId}')`, `/{*scope}/providers/…`.
   */
  readonly path: string
  /** Name in the journal and in faults, e.g. `vaults.createOrUpdate`. */
  readonly operation: string
  readonly apiVersions?: readonly string[]
  /** Parameters are percent-decoded, case kept. A thrown `AzureError` becomes the service's error envelope. */
  handle(
    request: SimulatedRequest,
    parameters: Readonly<Record<string, string>>,
    around: Surroundings
  ): SimulatedResponse | Promise<SimulatedResponse>
}

/** A folder of `local/azure`: the hosts it answers for and its routes. */
export interface Service {
  readonly name: ServiceName
  /** `no-such-host` where the domain is the service's but nothing has this name: the client sees a network error. */
  owns(host: string, around: Surroundings): boolean | 'no-such-host'
  /** When present, a request without a token for one of them is answered 401. Without trailing slash. */
  readonly audiences?: readonly string[]
  readonly routes: readonly Route[]
  /** Takes every request in place of `routes`: for blobs, query and headers rather than the path say what is asked. */
  readonly raw?: RawHandler
  /** What the service answers where it has no route; a plain 404 when absent. */
  unknown?(request: SimulatedRequest): AzureError
  /** The body of an error as this service words it. */
  errorBody(code: string, message: string, about: ErrorAbout): unknown
  /** What the service says of a version that a route's `apiVersions` do not have. */
  readonly refuseVersion?: RefuseVersion
  /** What the service answers to a token that it does not take; never asked of one that takes none. */
  refuseToken(fault: TokenFault, request: Omit<SimulatedRequest, 'caller'>, around: Surroundings): SimulatedResponse
  /** Runs before routing, e.g. Key Vault's authentication challenge. A response ends the request. */
  guard?(request: SimulatedRequest, around: Surroundings): SimulatedResponse | undefined
  /** Handlers of the clock's agenda that this service puts entries on, by entry kind. */
  readonly agenda?: Readonly<Record<string, (payload: unknown, around: Surroundings) => void | Promise<void>>>
}

/** `version` is empty where the request names none. */
export type RefuseVersion = (
  version: string,
  known: readonly string[],
  request: Pick<SimulatedRequest, 'path' | 'target' | 'host'>
) => AzureError

/** What bodies of errors may name beside code and words. */
export interface ErrorAbout extends Pick<SimulatedRequest, 'requestId' | 'headers'> {
  /** Simulated milliseconds. */
  readonly now: number
}

export interface RawHandler {
  /** Name in the journal and in faults, e.g. `blob.put`; told before anything is carried out. */
  operation(request: SimulatedRequest): string
  /** Answers every request itself, refusals included; for `HEAD` with the `content-length` of what it does not send. */
  handle(request: SimulatedRequest, around: Surroundings): SimulatedResponse | Promise<SimulatedResponse>
}

/** What Azure refuses: becomes the response, in the envelope of the service that threw it. */
export class AzureError extends Error {
  override readonly name = 'AzureError'
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}
