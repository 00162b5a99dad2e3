/** The properties of a vault that decide; `VaultProperties` of ARM has them. */
export interface Deletability {
  readonly enableSoftDelete: boolean
  readonly softDeleteRetentionInDays: number
  readonly enablePurgeProtection?: true
}

/** What Azure tells of a key's protection against deletion. */
export interface Recovery {
  readonly recoveryLevel: string
  /** Absent where nothing can be recovered. */
  readonly recoverableDays?: number
}

/** Derived at every read from the vault and from the retention feature of its subscription (R44, domain.md §4.5). */
export function recoveryOf(vault: Deletability, isRetentionRegistered: boolean): Recovery {
  if (!vault.enableSoftDelete) return { recoveryLevel: 'Purgeable' }
  const days = vault.softDeleteRetentionInDays
  const recoverable = days < 90 ? 'CustomizedRecoverable' : 'Recoverable'
  return { recoveryLevel: recoverable + suffixOf(vault, isRetentionRegistered), recoverableDays: days }
}

function suffixOf(vault: Deletability, isRetentionRegistered: boolean): string {
  if (isRetentionRegistered) return '+ProtectedSubscription'
  return vault.enablePurgeProtection === true ? '' : '+Purgeable'
}
