import { createHmac, randomUUID } from 'node:crypto'
import { encodeToken, issueToken, withoutTrailingSlash } from '../core/bearer-token.ts'
import type { Caller, SimulatedResponse } from '../core/service.ts'
import type { Collection, World } from '../core/world.ts'
import type { UserRecord } from '../graph/directory.ts'
import { refusal } from './refusals.ts'

const tokenSeconds = 3599

/** What a refresh token stands for. */
export interface Session {
  readonly userId: string
  readonly clientId: string
}

/** By a digest of the refresh token. */
const sessions = (world: World): Collection<Session> => world.collection('sign-ins')
const digestOf = (token: string): string => createHmac('sha256', 'refresh').update(token).digest('hex')
export const sessionOf = (world: World, refreshToken: string): Session | undefined =>
  sessions(world).get(digestOf(refreshToken))

export interface Asked {
  readonly world: World
  readonly tenantId: string
  readonly clientId: string
  /** As it was sent, several by spaces. */
  readonly scope: string
  /** Audiences that this tenant has, without trailing slash. */
  readonly resources: readonly string[]
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#successful-response */
export function forApplication({ objectId, ...asked }: Asked & { readonly objectId: string }): SimulatedResponse {
  const { resource } = readScope(asked)
  return answer({ token_type: 'Bearer', ...accessToken(asked, { objectId, resource }) })
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#successful-authentication-response */
export function forPerson({ user, ...asked }: Asked & { readonly user: UserRecord }): SimulatedResponse {
  const { world, tenantId, clientId } = asked
  const { resource, scopes } = readScope(asked)
  const refreshToken = randomUUID() + randomUUID()
  sessions(world).set(digestOf(refreshToken), { userId: user.id, clientId })
  return answer({
    token_type: 'Bearer',
    scope: scopes.join(' '),
    ...accessToken(asked, { objectId: user.id, resource, userPrincipalName: user.userPrincipalName }),
    refresh_token: refreshToken,
    id_token: encodeToken(idClaims({ user, tenantId, clientId }), world.secret),
    client_info: Buffer.from(JSON.stringify({ uid: user.id, utid: tenantId })).toString('base64url')
  })
}

function accessToken(
  { world, tenantId, clientId }: Asked,
  { resource, ...who }: Pick<Caller, 'objectId' | 'userPrincipalName'> & { readonly resource: string }
): object {
  const caller = { clientId, tenantId, audience: resource, ...who }
  const expires = Math.floor(Date.now() / 1000) + tokenSeconds
  return {
    access_token: issueToken(caller, world.secret, expires),
    expires_in: tokenSeconds,
    ext_expires_in: tokenSeconds
  }
}

/** `https://vault.azure.net/.default openid offline_access`: one resource, and what an identity token is asked by. */
function readScope({ scope, resources }: Pick<Asked, 'scope' | 'resources'>): { resource: string; scopes: string[] } {
  const scopes = scope.split(/\s+/).filter((each) => each !== '')
  const wanted = scopes.filter((each) => !['openid', 'profile', 'offline_access', 'email'].includes(each))
  const [first = ''] = wanted
  const resource = withoutTrailingSlash(first.replace(/\/[^/]*$/, ''))
  if (!first.includes('/') || new Set(wanted.map((each) => each.replace(/\/[^/]*$/, ''))).size > 1)
    throw refusal(
      'invalid_scope',
      70011,
      `The provided value for the input parameter 'scope' is not valid: '${scope}'.`
    )
  if (!resources.includes(resource))
    throw refusal('invalid_resource', 500011, `The resource principal named ${resource} was not found in the tenant.`)
  return { resource, scopes }
}

/** https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference */
function idClaims({
  user,
  tenantId,
  clientId
}: {
  readonly user: UserRecord
  readonly tenantId: string
  readonly clientId: string
}): object {
  const now = Math.floor(Date.now() / 1000)
  return {
    aud: clientId,
    iss: issuerOf(tenantId),
    iat: now,
    nbf: now,
    exp: now + tokenSeconds,
    name: user.displayName,
    oid: user.id,
    preferred_username: user.userPrincipalName,
    sub: user.id,
    tid: tenantId,
    ver: '2.0'
  }
}

export const issuerOf = (tenantId: string): string => `https://login.microsoftonline.com/${tenantId}/v2.0`

/** https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
const answer = (json: object): SimulatedResponse => ({ status: 200, headers: { 'cache-control': 'no-store' }, json })
