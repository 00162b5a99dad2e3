import type { HttpRequest } from '@azure/functions'
import { z } from 'zod'
import type { Person } from '../../domain/people/person.ts'
import { roles, type Role } from '../../domain/people/roles.ts'
import { isReadable } from '../../domain/terms/line-of-text.ts'

/** What the platform asserts of whoever is signed in. */
export interface Principal {
  readonly person: Person
  /** Of the person, for readers: nothing is decided by it. In lower case; the object id where there is none that can be read. */
  readonly actor: string
  /** Application roles. */
  readonly roles: readonly Role[]
  /** Authentication contexts of Conditional Access that the sign-in met, e.g. `c1`. */
  readonly contexts: readonly string[]
}

/** Why a request is of nobody whom this app knows. */
export interface Nobody {
  readonly why: 'not-signed-in' | 'no-object-id' | 'other-tenant'
  /** A sentence without its full stop. */
  readonly seen: string
}

/**
 * Who is signed in to this tenant: by the claims in `x-ms-client-principal`, which the platform sets beside headers of its own
 * that must say the same. What contradicts itself, or cannot be read, is nobody.
 * https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities#access-user-claims-in-app-code
 */
export function principalOf({ headers }: Pick<HttpRequest, 'headers'>, tenantId: string): Principal | Nobody {
  const [header, id] = [headers.get('x-ms-client-principal'), headers.get('x-ms-client-principal-id')]
  if ((header ?? id) === null) return { why: 'not-signed-in', seen: 'The platform asserted no user' }
  const { data } = principal.safeParse(decoded(header ?? ''))
  if (!data) return unclear('What the platform asserts of the sign-in (x-ms-client-principal) cannot be read')
  const person = personIn(data.claims)
  if (!person) return unclear('Its claims have no object id, or several, of person and tenant (oid and tid)')
  if (idIn(id ?? '') !== person.oid) return unclear('x-ms-client-principal-id names another object than the claims')
  if ([data.auth_typ, headers.get('x-ms-client-principal-idp')].some((provider) => provider !== 'aad'))
    return unclear('The sign-in is not one with Microsoft Entra ID (provider aad)')
  if (valuesOf(data.claims, ['idtyp']).has('app')) return unclear('A program signed in as itself, and no person')
  if (person.tid !== tenantId) return { why: 'other-tenant', seen: `It is of the tenant ${person.tid}` }
  return { person, actor: nameIn(headers) ?? person.oid, roles: rolesIn(data), contexts: contextsIn(data.claims) }
}

const unclear = (seen: string): Nobody => ({ why: 'no-object-id', seen })

function nameIn(headers: HttpRequest['headers']): string | undefined {
  const name = headers.get('x-ms-client-principal-name')?.trim().toLowerCase() ?? ''
  return name.length <= longestName && isReadable(name) ? name : undefined
}

const longestName = 256

function rolesIn({ claims, role_typ: own }: z.output<typeof principal>): Role[] {
  const held = valuesOf(claims, own === undefined ? roleTypes : [...roleTypes, own])
  return roles.filter((role) => held.has(role))
}

/** A list in the token: the platform gives a claim for each of its members, or the list as JSON. */
const contextsIn = (claims: Claims): string[] =>
  [...valuesOf(claims, ['acrs'])].flatMap((value) => listIn(value) ?? [value]).filter((each) => contextId.test(each))

/** https://learn.microsoft.com/graph/api/resources/authenticationcontextclassreference */
const contextId = /^c[1-9][0-9]?$/

function listIn(text: string): string[] | undefined {
  try {
    return z.array(z.string()).safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const principal = z.object({
  auth_typ: z.string(),
  claims: z.array(z.object({ typ: z.string(), val: z.string() })),
  role_typ: z.string().optional()
})

type Claims = z.output<typeof principal>['claims']

const roleTypes = ['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role']

/**
 * Object ids of a person and of their tenant, which stay when names change
 * (https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference). The platform maps claims: they come under
 * the names of the token, or under those that .NET has for them.
 */
function personIn(claims: Claims): Person | undefined {
  const oid = only(claims, 'oid', 'http://schemas.microsoft.com/identity/claims/objectidentifier')
  const tid = only(claims, 'tid', 'http://schemas.microsoft.com/identity/claims/tenantid')
  return oid === undefined || tid === undefined ? undefined : { oid, tid }
}

/** The one id that claims of these names give; two different ones are none. */
function only(claims: Claims, ...names: readonly string[]): string | undefined {
  const values = new Set([...valuesOf(claims, names)].map((value) => value.trim().toLowerCase()))
  const [value] = values
  return values.size === 1 && value !== undefined ? idIn(value) : undefined
}

const valuesOf = (claims: Claims, names: readonly string[]): Set<string> =>
  new Set(claims.filter(({ typ }) => names.includes(typ)).map(({ val }) => val))

function idIn(text: string): string | undefined {
  const id = text.trim().toLowerCase()
  return z.guid().safeParse(id).success ? id : undefined
}

/** The platform's own bound is far below: a header of this length is none of it. */
const longestHeader = 64 * 1024

/** Two headers come as one, with a comma between them, which is no base64. */
function decoded(header: string): unknown {
  if (header.length > longestHeader || header.length % 4 > 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(header)) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'base64')))
  } catch {
    return undefined
  }
}
