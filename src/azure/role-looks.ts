import type { Reading } from '../domain/terms/reading.ts'
import type { Role, RoleHolder } from '../domain/resources/role.ts'

/** An assignment before its role is read. */
export interface Assigned extends Pick<RoleHolder, 'principalId' | 'principalType' | 'scope' | 'condition' | 'tenant'> {
  /** Resource id of the role's definition. */
  readonly roleId: string
}

/** One list of assignments, and what was read of the roles in it: only of those that somebody asks about. */
export interface RoleLook {
  readonly listed: Promise<Reading<Assigned[]>>
  readonly roles: Map<string, Promise<Reading<readonly Role[]>>>
}

/** Those of the list that are asked for, each with what its role permits. `calls`: the list, and the roles. */
export async function withRoles(
  { listed, roles }: RoleLook,
  isAskedFor: (scope: string) => boolean,
  read: (roleId: string) => Promise<Reading<readonly Role[]>>
): Promise<Reading<RoleHolder[]>> {
  const { value, call } = await listed
  const found: RoleHolder[] = []
  const calls = new Set([call])
  for (const { roleId, ...assigned } of value.filter(({ scope }) => isAskedFor(scope))) {
    const role = roles.get(roleId) ?? read(roleId)
    roles.set(roleId, role)
    role.catch(() => roles.delete(roleId))
    const { value: parts, call: seen } = await role
    found.push(...parts.map((part) => ({ ...part, ...assigned })))
    calls.add(seen)
  }
  return { value: found, call, calls: [...calls] }
}
