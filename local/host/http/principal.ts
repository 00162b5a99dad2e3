import { createHash } from 'node:crypto'

const dropped = /^x-ms-client-principal/
const LOCAL_USER = 'x-local-user'
const LOCAL_ROLES = 'x-local-roles'
export const LOCAL_USER_COOKIE = 'ckey-local-user'

/**
 * Plays App Service's sign-in. Whatever principal a caller claims is dropped; that of `X-Local-User`, or of the
 * cookie that `sign-in.ts` sets, or else of `defaultUser`, is set as App Service sets it (R11, two people, stands on it).
 * Without any of them, nobody is signed in.
 */
export function signIn(
  headers: Readonly<Record<string, string>>,
  defaultUser: string | undefined
): Record<string, string> {
  const kept = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !dropped.test(name) && name !== LOCAL_USER && name !== LOCAL_ROLES)
  )
  const user = headers[LOCAL_USER]?.trim() || userOfCookie(headers['cookie']) || defaultUser?.trim()
  return user ? { ...kept, ...principalHeaders(user, headers[LOCAL_ROLES] ?? everyRole) } : kept
}

function userOfCookie(cookies = ''): string | undefined {
  const pair = cookies.split(/; */).find((each) => each.startsWith(`${LOCAL_USER_COOKIE}=`))
  try {
    return pair && decodeURIComponent(pair.slice(LOCAL_USER_COOKIE.length + 1)).trim()
  } catch {
    return undefined
  }
}

/** Application roles, which the app defines: on this machine everybody has those of any app, unless `X-Local-Roles` says less. */
const everyRole = 'Reader,Operator,Approver'

function principalHeaders(user: string, roles: string): Record<string, string> {
  const id = objectIdOf(user)
  const principal = {
    auth_typ: 'aad',
    claims: [
      { typ: 'name', val: user },
      { typ: 'preferred_username', val: user },
      { typ: 'oid', val: id },
      { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: id },
      ...roles
        .split(',')
        .map((role) => role.trim())
        .filter((role) => role !== '')
        .map((role) => ({ typ: 'roles', val: role }))
    ],
    name_typ: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    role_typ: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'
  }
  return {
    'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
    'x-ms-client-principal-id': id,
    'x-ms-client-principal-idp': 'aad',
    'x-ms-client-principal-name': user
  }
}

/** A UUID that is the same for the same name, whatever its case, on every machine. */
export function objectIdOf(user: string): string {
  const bytes = createHash('sha256').update(user.toLowerCase()).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
