import type { VaultPlan } from '../domain/plan/plan.ts'

/** Where a vault is, or would be. */
export type VaultPlace = Pick<VaultPlan, 'subscriptionId' | 'resourceGroup' | 'vaultName'>
