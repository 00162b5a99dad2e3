import { AzureError, type SimulatedRequest, type Surroundings } from '../core/service.ts'
import { identities } from '../token/identities.ts'

/** Refuses 403 where the caller holds none of the application permissions. */
export function requireGraphRole(request: SimulatedRequest, roles: readonly string[], { world }: Surroundings): void {
  const held = identities(world).get(request.caller?.clientId.toLowerCase() ?? '')?.graphRoles ?? []
  if (!roles.some(role => held.includes(role))) {
    throw new AzureError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
  }
}
