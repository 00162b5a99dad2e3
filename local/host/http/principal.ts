import { createHash } from 'node:crypto'

const dropped = /^x-ms-client-principal/
const LOCAL_USER = 'x-local-user'
const LOCAL_ROLES = 'x-local-roles'
/** `none`: somebody who signs in where no object ids are known, e.g. with another identity provider. */
const LOCAL_IDS = 'x-local-ids'
/** Authentication contexts that the sign-in met, with commas; without it those of the cookie, or none. */
const LOCAL_ACRS = 'x-local-acrs'
const ofSignIn = [LOCAL_USER, LOCAL_ROLES, LOCAL_IDS, LOCAL_ACRS]
export const LOCAL_USER_COOKIE = 'ckey-local-user'

/** A person as a directory knows them: object ids of person and tenant, by which the sign-in's claims name them. */
export interface Person {
  readonly oid: string
  readonly tid: string
}

/** The directory that people sign in to. Without one, each name has ids of its own. */
export type Directory = (user: string) => Promise<Person>

export interface SignInOptions {
  /** Who is signed in when a request does not say. */
  readonly defaultUser: string | undefined
  readonly directory: Directory
}

/**
 * Plays App Service's sign-in. Whatever principal a caller claims is dropped; that of `X-Local-User`, or of the
 * cookie that `sign-in.ts` sets, or else of `defaultUser`, is set as App Service sets it (R11, two people, stands on it).
 * Without any of them, nobody is signed in.
 */
export async function signIn(
  headers: Readonly<Record<string, string>>,
  { defaultUser, directory }: SignInOptions
): Promise<Record<string, string>> {
  const kept = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !dropped.test(name) && !ofSignIn.includes(name))
  )
  const [byCookie, metBy = ''] = ofCookie(headers['cookie'])?.split(/ +/) ?? []
  const user = headers[LOCAL_USER]?.trim() || byCookie || defaultUser?.trim()
  if (!user) return kept
  const roles = headers[LOCAL_ROLES] ?? everyRole
  const person = headers[LOCAL_IDS] === 'none' ? undefined : await directory(user)
  const contexts = headers[LOCAL_ACRS] ?? metBy
  return { ...kept, ...principalHeaders({ user, roles, contexts, person }) }
}

/** The user, and behind a space the authentication contexts that were asked for. */
function ofCookie(cookies = ''): string | undefined {
  const pair = cookies.split(/; */).find((each) => each.startsWith(`${LOCAL_USER_COOKIE}=`))
  try {
    return pair && decodeURIComponent(pair.slice(LOCAL_USER_COOKIE.length + 1)).trim()
  } catch {
    return undefined
  }
}

/** Application roles, which the app defines: on this machine everybody has those of any app, unless `X-Local-Roles` says less. */
const everyRole = 'Reader,Operator,Approver,Custodian'

interface SignedIn {
  readonly user: string
  readonly roles: string
  readonly contexts: string
  readonly person: Person | undefined
}

/**
 * The platform maps claims, so that some have other names than in the token; here object id and tenant have the long ones
 * (https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities#decode-the-client-principal-header).
 */
function principalHeaders({ user, roles, contexts, person }: SignedIn): Record<string, string> {
  const principal = {
    auth_typ: 'aad',
    claims: [
      { typ: 'name', val: user },
      { typ: 'preferred_username', val: user },
      ...idClaims(person),
      ...claimsOf('roles', roles),
      ...claimsOf('acrs', contexts)
    ],
    name_typ: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    role_typ: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'
  }
  return {
    'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
    ...(person && { 'x-ms-client-principal-id': person.oid }),
    'x-ms-client-principal-idp': 'aad',
    'x-ms-client-principal-name': user
  }
}

const claimsOf = (typ: string, list: string) =>
  list
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((val) => ({ typ, val }))

const idClaims = (person: Person | undefined) =>
  person
    ? [
        { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: person.oid },
        { typ: 'http://schemas.microsoft.com/identity/claims/tenantid', val: person.tid }
      ]
    : []

/** Where no directory is: a person for each name, the same on every machine, whatever its case; one tenant has them all. */
export const ownDirectory =
  (tenantId = stableUuid('the tenant')): Directory =>
  async (user) => ({ oid: stableUuid(user.toLowerCase()), tid: tenantId })

function stableUuid(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
