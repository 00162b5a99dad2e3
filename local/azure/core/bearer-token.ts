import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Caller } from './service.ts'
import { TokenFault } from './token-fault.ts'

/** A JSON Web Token as Entra words its claims, signed with the state's own secret. Lives on real time. */
export function issueToken(caller: Caller, secret: string, expiresAtSeconds: number): string {
  const claims = {
    aud: caller.audience,
    iss: `https://sts.windows.net/${caller.tenantId}/`,
    iat: Math.floor(Date.now() / 1000),
    exp: expiresAtSeconds,
    appid: caller.clientId,
    ...whoActs(caller),
    oid: caller.objectId,
    sub: caller.objectId,
    tid: caller.tenantId,
    // Entra's id of a token says nothing to anybody; ours begins with the millisecond, which `iat` has not.
    uti: `${Date.now().toString(36)}-${randomUUID()}`,
    ver: '1.0'
  }
  return encodeToken(claims, secret)
}

/** https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
const whoActs = ({ userPrincipalName: upn }: Caller): object =>
  upn === undefined ? { idtyp: 'app' } : { idtyp: 'user', upn, unique_name: upn, scp: 'user_impersonation' }

/** Claims, signed with the state's own secret. */
export function encodeToken(claims: object, secret: string): string {
  const unsigned = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${unsigned}.${sign(unsigned, secret)}`
}

/** Who signed the request; absent without a bearer token. Throws a `TokenFault` for one that is forged or expired. */
export function readCaller(authorization: string | undefined, secret: string): Caller | undefined {
  const token = tokenIn(authorization)
  if (token === undefined) return undefined
  const claims = verifiedClaims(token, secret)
  if (claims === undefined) throw new TokenFault('invalid')
  if (Number(claims['exp']) * 1000 <= Date.now()) throw new TokenFault('expired')
  return {
    clientId: String(claims['appid']),
    objectId: String(claims['oid']),
    tenantId: String(claims['tid']),
    audience: withoutTrailingSlash(String(claims['aud'])),
    ...(typeof claims['upn'] === 'string' ? { userPrincipalName: claims['upn'] } : {})
  }
}

/** Real milliseconds; of a token that was read before. */
export function issuedAt(authorization: string | undefined): number {
  const [, payload = ''] = (tokenIn(authorization) ?? '').split('.')
  const { uti } = payload === '' ? {} : claimsIn(payload)
  return parseInt(String(uti).split('-')[0] ?? '', 36) || 0
}

const tokenIn = (authorization = ''): string | undefined => /^Bearer (.+)$/i.exec(authorization)?.[1]

export function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

function verifiedClaims(token: string, secret: string): Record<string, unknown> | undefined {
  const [header, payload, signature] = token.split('.')
  if (header === undefined || payload === undefined || signature === undefined) return undefined
  const expected = Buffer.from(sign(`${header}.${payload}`, secret))
  const actual = Buffer.from(signature)
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined
  return claimsIn(payload)
}

/** Only tokens of our own making pass the signature, and those hold an object. */
function claimsIn(payload: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function sign(unsigned: string, secret: string): string {
  return createHmac('sha256', secret).update(unsigned).digest('base64url')
}
