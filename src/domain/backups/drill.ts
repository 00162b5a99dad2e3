/** How a drill of one vault stands. */
export type DrillLook =
  /** `notYet`: Azure's words about the vault it is made in. */
  | { readonly state: 'preparing'; readonly drillVault: string; readonly notYet: string }
  /** The newest version of every key of this vault has had its drill. */
  | { readonly state: 'none-due' }
  /** Azure did not let it be done. */
  | { readonly state: 'refused'; readonly vaultName: string; readonly why: string }
  | {
      readonly state: 'proved' | 'failed'
      readonly drillVault: string
      readonly keyName: string
      readonly evidence: string
    }

/** What the newest run came to. */
export interface DrillReport {
  /** ISO 8601 UTC */
  readonly startedAt: string
  readonly drills: readonly DrillLook[]
}

/**
 * A vault for one drill only: a restore fails where the name of the key exists, and nothing may be deleted. At most 24
 * characters, dated, and the same each time the same run asks. `hash`: hexadecimal, of what is drilled.
 */
export const drillVaultName = (startedAt: string, hash: string): string =>
  `ck-drill-${startedAt.slice(2, 10).replaceAll('-', '')}-${hash.slice(0, 8)}`
