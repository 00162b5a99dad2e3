import type { RpcCookie } from '../worker/rpc.ts'

const sites = { none: undefined, explicitNone: 'None', lax: 'Lax', strict: 'Strict' } as const

/** A cookie of a function's answer as a Set-Cookie header. */
export function cookieText(cookie: RpcCookie): string {
  const { name, value, sameSite = 'none', secure, httpOnly } = cookie
  const flags = [secure?.value === true && 'Secure', httpOnly?.value === true && 'HttpOnly']
  const attributes = [
    ['Expires', cookie.expires && expiryText(cookie.expires.value)],
    ['Max-Age', cookie.maxAge?.value],
    ['Domain', cookie.domain?.value],
    ['Path', cookie.path?.value],
    ['SameSite', sites[sameSite]]
  ].filter(([, text]) => text !== undefined && text !== null)
  const named = attributes.map(([key, text]) => `${key}=${text}`)
  return [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`, ...named, ...flags.filter(Boolean)].join('; ')
}

/** The worker sends a protobuf timestamp, whose seconds are a number. */
function expiryText(value: unknown): string {
  const seconds = typeof value === 'object' && value !== null && 'seconds' in value ? Number(value.seconds) : Number.NaN
  return new Date(Number.isNaN(seconds) ? String(value) : seconds * 1000).toUTCString()
}
