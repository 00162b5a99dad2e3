import { createHmac, timingSafeEqual } from 'node:crypto'
import { AzureError, type Caller } from './service.ts'

/** A JSON Web Token as Entra words its claims, signed with the state's own secret. Lives on real time. */
export function issueToken(caller: Caller, secret: string, expiresAtSeconds: number): string {
  const claims = {
    aud: caller.audience,
    iss: `https://sts.windows.net/${caller.tenantId}/`,
    iat: Math.floor(Date.now() / 1000),
    exp: expiresAtSeconds,
    appid: caller.clientId,
    idtyp: 'app',
    oid: caller.objectId,
    sub: caller.objectId,
    tid: caller.tenantId,
    ver: '1.0'
  }
  const unsigned = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${unsigned}.${sign(unsigned, secret)}`
}

/** Who signed the request; absent without a bearer token. Throws 401 for a token that is forged or expired. */
export function readCaller(authorization: string | undefined, secret: string): Caller | undefined {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) return undefined
  const claims = verifiedClaims(token, secret)
  if (claims === undefined) throw new AzureError(401, 'InvalidAuthenticationToken', 'The access token is invalid.')
  if (Number(claims['exp']) * 1000 <= Date.now()) {
    throw new AzureError(
      401,
      'ExpiredAuthenticationToken',
      'The access token expiry UTC time is earlier than current UTC time.'
    )
  }
  return {
    clientId: String(claims['appid']),
    objectId: String(claims['oid']),
    tenantId: String(claims['tid']),
    audience: withoutTrailingSlash(String(claims['aud']))
  }
}

export function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

function verifiedClaims(token: string, secret: string): Record<string, unknown> | undefined {
  const [header, payload, signature] = token.split('.')
  if (header === undefined || payload === undefined || signature === undefined) return undefined
  const expected = Buffer.from(sign(`${header}.${payload}`, secret))
  const actual = Buffer.from(signature)
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined
  // Only tokens of our own making pass the signature, and those hold an object.
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function sign(unsigned: string, secret: string): string {
  return createHmac('sha256', secret).update(unsigned).digest('base64url')
}
