import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import type { Slot } from '../terms/evidence.ts'

export interface VaultRolesObserved {
  /** Names of the roles that the subscription lacks, as `infra/slot.bicep` would name them. */
  readonly missing: readonly string[]
}

export interface VaultRolesExpected {
  readonly slot: Slot
  readonly subscriptionId: string
}

/** Known before anything is made: without them nothing could be granted. */
export const vaultRoleChecks: readonly Check<VaultRolesObserved, VaultRolesExpected>[] = [
  {
    code: 'vault-roles',
    requirement: 'R33',
    on: 'subscription',
    expected: () => 'the roles of vaults under Azure RBAC',
    holds: ({ missing }) => missing.length === 0,
    describe: ({ missing }) => (missing.length === 0 ? 'all are there' : `missing: ${missing.join(', ')}`),
    overridable: false,
    means:
      'The request says `authorization: "rbac"`, and the subscription lacks one of the two roles that the slot’s deployment makes ' +
      'and that are given at each vault. The app knows them by what they permit, so a role of another name serves if it permits ' +
      'the same and nothing else.',
    look: [
      'az role definition list --custom-role-only true --scope /subscriptions/SUB --query ' +
        `"[?starts_with(roleName, 'Customer Key')].roleName" --output table`
    ],
    cure: (_, { slot, subscriptionId }) =>
      `Deploy infra/slot.bicep of slot ${slot} into subscription ${subscriptionId} again, with authorization=rbac (and with ` +
      'policiesLocked=true once its policies are locked), then retry. Or start anew with access policies, which need no role of ' +
      'their own.',
    afterwards: retried,
    broken: [{ observed: { missing: ['ROLE'] }, expected: { slot: 1, subscriptionId: 'SUB' } }]
  }
]
