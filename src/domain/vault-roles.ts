import type { Slot } from './evidence.ts'

/** The roles that stand for the permission sets of a vault under Azure RBAC. The last two are made by `infra/slot.bicep`. */
export const vaultRolesOf = (slot: Slot) => ({
  servicePrincipal: 'Key Vault Crypto Service Encryption User',
  administrator: `Customer Key administrator (slot ${slot})`,
  slotIdentity: `Customer Key keeper (slot ${slot})`
})
