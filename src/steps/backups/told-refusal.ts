import { AzureCallError } from '../../azure/errors.ts'
import type { Cause } from '../../domain/terms/causes.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import type { Unseen } from './unseen.ts'

/** Whether one of these findings says why Azure refused: the cure of the refusal by itself would then be a wrong one. */
export function isToldBy(found: readonly Finding[], refused: Unseen): boolean {
  const cause = refused instanceof AzureCallError ? refused.refused?.cause : undefined
  return cause !== undefined && found.some(({ check }) => refusedBecauseOf[check]?.includes(cause))
}

const ofRights: readonly Cause[] = ['key-role-missing', 'access-policy-missing']

/** By check: what Key Vault then refuses this app by. */
const refusedBecauseOf: Readonly<Record<string, readonly Cause[]>> = {
  'vault-authorization': ofRights,
  'vault-slot-identity': ofRights,
  'vault-tenant': ['other-tenant', 'token-refused', ...ofRights]
}
