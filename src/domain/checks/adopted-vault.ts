import { handedOverAgain } from './afterwards.ts'
import type { Check } from './checks.ts'

export interface AdoptedVaultObserved {
  readonly keys: readonly string[]
}

export interface AdoptedVaultExpected {
  readonly vaultName: string
}

/** What a vault that others made must show beside the rules of every vault. */
export const adoptedVaultChecks: readonly Check<AdoptedVaultObserved, AdoptedVaultExpected>[] = [
  {
    code: 'vault-has-keys',
    requirement: 'R40',
    on: 'vault',
    expected: () => 'at least one key',
    holds: ({ keys }) => keys.length > 0,
    describe: ({ keys }) => `${keys.length} keys`,
    overridable: false,
    means: 'The vault that is handed over holds no key: there is nothing to back up.',
    look: ['az keyvault key list --vault-name VAULT'],
    cure: (_, { vaultName }) => `Make the key of ${vaultName} first, then send it again.`,
    afterwards: handedOverAgain,
    broken: [{ observed: { keys: [] }, expected: { vaultName: 'VAULT' } }]
  }
]
