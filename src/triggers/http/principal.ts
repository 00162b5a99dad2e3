import type { HttpRequest } from '@azure/functions'
import { z } from 'zod'
import type { Person } from '../../domain/people/person.ts'
import { roles, type Role } from '../../domain/people/roles.ts'

/** What the platform asserts of whoever is signed in, beside a name for readers. */
export interface Principal {
  /** Application roles. */
  readonly roles: readonly Role[]
  /** Undefined where the claims do not say which person of which tenant it is. */
  readonly person: Person | undefined
}

/**
 * Reads `x-ms-client-principal`. What is not readable grants nothing and is nobody.
 * https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities#decode-the-client-principal-header
 */
export function principalOf(request: HttpRequest): Principal {
  const parsed = principal.safeParse(decoded(request.headers.get('x-ms-client-principal') ?? ''))
  if (!parsed.success) return { roles: [], person: undefined }
  const { claims, role_typ: roleType } = parsed.data
  const held = claims.filter(({ typ }) => typ === 'roles' || typ === roleType).map(({ val }) => val)
  return { roles: roles.filter((role) => held.includes(role)), person: personIn(claims) }
}

const principal = z.object({
  claims: z.array(z.object({ typ: z.string(), val: z.string() })),
  role_typ: z.string().optional()
})

type Claims = z.output<typeof principal>['claims']

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
  const values = new Set(claims.filter(({ typ }) => names.includes(typ)).map(({ val }) => val.trim().toLowerCase()))
  const [value] = values
  return values.size === 1 && z.guid().safeParse(value).success ? value : undefined
}

function decoded(header: string): unknown {
  try {
    return JSON.parse(Buffer.from(header, 'base64').toString('utf8'))
  } catch {
    return undefined
  }
}
