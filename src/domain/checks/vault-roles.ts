import { never, type Check } from './checks.ts'
import type { Slot } from '../terms/evidence.ts'

export interface VaultRolesSeen {
  readonly slot: Slot
  readonly subscriptionId: string
  /** Names of the roles that the subscription lacks, as `infra/slot.bicep` would name them. */
  readonly missing: readonly string[]
}

/** Known before anything is made: without them nothing could be granted. */
export const vaultRoleChecks: readonly Check<VaultRolesSeen>[] = [
  {
    code: 'vault-roles',
    requirement: 'R33',
    expected: 'the roles of vaults under Azure RBAC',
    holds: ({ missing }) => missing.length === 0,
    describe: ({ missing }) => (missing.length === 0 ? 'all are there' : `missing: ${missing.join(', ')}`),
    remedy: ({ slot, subscriptionId }) =>
      `Deploy infra/slot.bicep of slot ${slot} into subscription ${subscriptionId} again, with authorization=rbac, then retry.`,
    overridable: never
  }
]
