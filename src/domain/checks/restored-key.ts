import { lookedAtAgain } from './afterwards.ts'
import type { Check } from './checks.ts'
import { versionIn } from '../terms/key-uri.ts'

/** A version's id and its public modulus, base64url: the same key has the same. */
export interface KeyHalf {
  readonly id: string
  readonly modulus: string
}

/** What came out of the backup of a key. */
export interface RestoredKeyObserved {
  readonly restored: readonly KeyHalf[]
}

export interface RestoredKeyExpected {
  readonly keyName: string
  readonly drillVault: string
  readonly original: readonly KeyHalf[]
}

export const restoredKeyChecks: readonly Check<RestoredKeyObserved, RestoredKeyExpected>[] = [
  {
    code: 'drill-versions',
    requirement: 'R45',
    on: 'key',
    expected: () => 'every version of the key, and no other, comes out of its backup with the same public modulus',
    holds: (observed, expected) => expected.original.length > 0 && astray(observed, expected).length === 0,
    describe: (observed, expected) =>
      astray(observed, expected).length === 0
        ? `${observed.restored.length} versions the same`
        : `not the same: ${astray(observed, expected).slice(0, 3).join(', ')}`,
    overridable: false,
    means:
      'The restore drill put the newest backup into a drill vault, and what came out is not the key: a version is missing, or its ' +
      'public modulus differs.',
    look: [
      'az keyvault key show --vault-name VAULT --name KEY --query "key.{n:n, e:e}"',
      'az keyvault key show --vault-name DRILL_VAULT --name KEY --query "key.{n:n, e:e}"'
    ],
    cure: (_, { keyName, drillVault }) =>
      `The backup of ${keyName} does not give back the key. Keep ${drillVault} and the backup, call Microsoft, and protect ` +
      'the key itself: nobody may delete it. Make a fresh backup by changing a tag of the key, and drill again.',
    afterwards: lookedAtAgain,
    broken: [
      {
        observed: { restored: [] },
        expected: {
          keyName: 'KEY',
          drillVault: 'DRILL_VAULT',
          original: [
            { id: 'https://vault.vault.azure.net/keys/KEY/0123456789abcdef0123456789abcdef', modulus: 'MODULUS' }
          ]
        }
      }
    ]
  }
]

function astray({ restored }: RestoredKeyObserved, { original }: RestoredKeyExpected): string[] {
  const marks = (halves: readonly KeyHalf[]) => new Map(halves.map(({ id, modulus }) => [versionIn(id), modulus]))
  const [before, after] = [marks(original), marks(restored)]
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (version) => before.get(version) !== after.get(version)
  )
}
