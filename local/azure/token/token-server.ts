import { createServer, type IncomingMessage } from 'node:http'
import { randomUUID } from 'node:crypto'
import { issueToken, withoutTrailingSlash } from '../core/bearer-token.ts'
import { closeServer, listenOnLoopback } from '../core/loopback.ts'
import type { Surroundings } from '../core/service.ts'
import { identities } from './identities.ts'

export interface TokenServer {
  /** `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`. */
  readonly environment: Readonly<Record<string, string>>
  /** From now on it knows the identities of another Azure. */
  serve(around: Surroundings): void
  stop(): Promise<void>
}

/**
 * The managed identity endpoint an App Service gives its apps.
 * https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export async function startTokenServer(first: Surroundings): Promise<TokenServer> {
  let around = first
  const secret = randomUUID()
  const server = createServer((request, reply) => {
    const { status, body, clientId } = answer(request, secret, around)
    const requestId = record({ request, status, clientId, around })
    const headers = { 'content-type': 'application/json', 'x-ms-request-id': requestId }
    reply.writeHead(status, headers).end(JSON.stringify(body))
  })
  const port = await listenOnLoopback(server)
  return {
    environment: { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`, IDENTITY_HEADER: secret },
    serve: (next) => {
      around = next
    },
    stop: () => closeServer(server)
  }
}

interface TokenAnswer {
  readonly status: number
  readonly body: object
  readonly clientId?: string
}

function answer(request: IncomingMessage, secret: string, { world }: Surroundings): TokenAnswer {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (request.method !== 'GET' || url.pathname !== '/msi/token') return refusal(404, 'There is nothing here.')
  if (request.headers['x-identity-header'] !== secret) return refusal(401, 'The X-IDENTITY-HEADER is missing or wrong.')
  if (url.searchParams.get('api-version') !== '2019-08-01') return refusal(400, 'The api-version must be 2019-08-01.')
  const resource = url.searchParams.get('resource')
  if (resource === null || resource === '') return refusal(400, 'The resource parameter is missing.')
  const identity = identities(world).get((url.searchParams.get('client_id') ?? '').toLowerCase())
  if (identity === undefined) {
    return refusal(
      400,
      'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.'
    )
  }
  const { clientId, objectId, tenantId } = identity
  const expires = Math.floor(Date.now() / 1000) + TOKEN_SECONDS
  const caller = { clientId, objectId, tenantId, audience: withoutTrailingSlash(resource) }
  const token = issueToken(caller, world.secret, expires)
  const body = { access_token: token, expires_on: String(expires), resource, token_type: 'Bearer', client_id: clientId }
  return { status: 200, body, clientId }
}

// Managed identities get tokens for a day; refresh is not what a rehearsal is about.
const TOKEN_SECONDS = 24 * 60 * 60

function refusal(statusCode: number, message: string): TokenAnswer {
  return { status: statusCode, body: { statusCode, message } }
}

interface TokenExchange {
  readonly request: IncomingMessage
  readonly status: number
  readonly clientId: string | undefined
  readonly around: Surroundings
}

function record({ request, status, clientId, around: { clock, journal } }: TokenExchange): string {
  const requestId = randomUUID()
  journal.append({
    at: clock.nowIso(),
    service: 'token',
    operation: 'token.get',
    method: request.method ?? '',
    host: '127.0.0.1',
    path: '/msi/token',
    status,
    requestId,
    applied: status < 400,
    ...(clientId === undefined ? {} : { callerClientId: clientId })
  })
  return requestId
}
