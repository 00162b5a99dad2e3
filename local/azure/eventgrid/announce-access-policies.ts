import type { VaultRecord } from '../arm/keyvault-management/vault-record.ts'
import type { Surroundings } from '../core/service.ts'
import { deliverSoon } from './delivery.ts'
import { accessPolicyEventOf } from './key-event.ts'

/** Key Vault tells Event Grid when who may do what with a vault has changed, or its permission model. */
export function announceAccessPolicies(before: VaultRecord, after: VaultRecord, around: Surroundings): void {
  if (rightsOf(before) !== rightsOf(after)) deliverSoon(accessPolicyEventOf(after, around.clock.nowIso()), around)
}

function rightsOf({ properties: { accessPolicies, enableRbacAuthorization } }: VaultRecord): string {
  return JSON.stringify({ accessPolicies, enableRbacAuthorization })
}
