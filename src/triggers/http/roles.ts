import type { HttpRequest } from '@azure/functions'
import { z } from 'zod'
import { roles, type Role } from '../../domain/people/roles.ts'

/**
 * The application roles that the platform asserts. What is not readable grants nothing.
 * https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities
 */
export function rolesOf(request: HttpRequest): Role[] {
  const parsed = principal.safeParse(decoded(request.headers.get('x-ms-client-principal') ?? ''))
  if (!parsed.success) return []
  const { claims, role_typ: roleType } = parsed.data
  const held = claims.filter(({ typ }) => typ === 'roles' || typ === roleType).map(({ val }) => val)
  return roles.filter((role) => held.includes(role))
}

const principal = z.object({
  claims: z.array(z.object({ typ: z.string(), val: z.string() })),
  role_typ: z.string().optional()
})

function decoded(header: string): unknown {
  try {
    return JSON.parse(Buffer.from(header, 'base64').toString('utf8'))
  } catch {
    return undefined
  }
}
