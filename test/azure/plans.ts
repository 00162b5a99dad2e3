import type { Slot } from '../../src/domain/terms/evidence.ts'
import type { VaultPlan } from '../../src/domain/plan/plan.ts'
import { subscriptionIds } from './simulation.ts'

const regions = { 1: 'westus2', 2: 'eastus2' } as const

export function vaultPlan(slot: Slot, vaultName: string): VaultPlan {
  return {
    slot,
    subscriptionId: subscriptionIds[slot],
    region: regions[slot],
    resourceGroup: `rg-contoso-ck-slot${slot}`,
    vaultName,
    keyName: `${vaultName}-Key001`
  }
}
