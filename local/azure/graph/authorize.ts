import { AzureError, type SimulatedRequest, type Surroundings } from '../core/service.ts'
import type { Collection, World } from '../core/world.ts'
import { identities } from '../token/identities.ts'

/**
 * Refuses 403 where the caller holds none of the application permissions. A person reads what every member of a tenant reads:
 * https://learn.microsoft.com/entra/fundamentals/users-default-permissions
 */
export function requireGraphRole(
  request: SimulatedRequest,
  roles: readonly string[],
  { world }: Pick<Surroundings, 'world'>
): void {
  if (!holdsGraphRole(request, roles, { world })) {
    throw new AzureError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
  }
}

export function holdsGraphRole(
  { caller }: SimulatedRequest,
  roles: readonly string[],
  { world }: Pick<Surroundings, 'world'>
): boolean {
  if (caller?.userPrincipalName !== undefined) return roles.some((role) => membersMay.test(role))
  const held = identities(world).get(caller?.clientId.toLowerCase() ?? '')?.graphRoles ?? []
  return roles.some((role) => held.includes(role))
}

const membersMay = /^(User|Group|GroupMember|Directory|Application|Organization|Domain)\.Read\.All$/

/** Global administrators, by object id. The seed has none; whoever plays one says so. */
export const directoryAdministrators = (world: World): Collection<{ readonly id: string }> =>
  world.collection('directory-administrators')

/** Refuses 403 whoever may not change people and groups. */
export function requireDirectoryWriter({ caller }: SimulatedRequest, { world }: Pick<Surroundings, 'world'>): void {
  if (directoryAdministrators(world).has(caller?.objectId ?? '')) return
  throw new AzureError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
}
