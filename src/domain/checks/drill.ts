import { never, type Check } from './checks.ts'
import { parseKeyId } from '../terms/key-uri.ts'

/** How a drill of one vault stands. */
export type DrillLook =
  | { readonly state: 'preparing'; readonly drillVault: string }
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

/** A key and what came out of its backup. */
export interface DrillSeen {
  readonly keyName: string
  readonly drillVault: string
  readonly original: readonly KeyHalf[]
  readonly restored: readonly KeyHalf[]
}

/** A version's id and its public modulus, base64url: the same key has the same. */
export interface KeyHalf {
  readonly id: string
  readonly modulus: string
}

/**
 * A vault for one drill only: a restore fails where the name of the key exists, and nothing may be deleted. At most 24
 * characters, dated, and the same each time the same run asks. `hash`: hexadecimal, of what is drilled.
 */
export const drillVaultName = (startedAt: string, hash: string): string =>
  `ck-drill-${startedAt.slice(2, 10).replaceAll('-', '')}-${hash.slice(0, 8)}`

export const drillChecks: readonly Check<DrillSeen>[] = [
  {
    code: 'drill-versions',
    requirement: 'R45',
    expected: 'every version of the key, and no other, comes out of its backup with the same public modulus',
    holds: (seen) => seen.original.length > 0 && astray(seen).length === 0,
    describe: (seen) =>
      astray(seen).length === 0
        ? `${seen.restored.length} versions the same`
        : `not the same: ${astray(seen).slice(0, 3).join(', ')}`,
    remedy: ({ keyName, drillVault }) =>
      `The backup of ${keyName} does not give back the key. Keep ${drillVault} and the backup, call Microsoft, and protect ` +
      'the key itself: nobody may delete it.',
    overridable: never
  }
]

function astray({ original, restored }: DrillSeen): string[] {
  const marks = (halves: readonly KeyHalf[]) =>
    new Map(halves.map(({ id, modulus }) => [parseKeyId(id).version ?? '', modulus]))
  const [before, after] = [marks(original), marks(restored)]
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (version) => before.get(version) !== after.get(version)
  )
}
