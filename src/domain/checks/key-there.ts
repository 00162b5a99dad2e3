import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import type { ThereObserved } from './vault-there.ts'

export interface KeyThereExpected {
  readonly vaultName: string
  readonly keyName: string
}

/** Whether the vault has its key at all. */
export const keyThereChecks: readonly Check<ThereObserved, KeyThereExpected>[] = [
  {
    code: 'key-there',
    requirement: 'R40',
    on: 'key',
    expected: () => 'the key of the plan',
    holds: ({ there }) => there,
    describe: ({ there }, { keyName }) => (there ? keyName : `no key ${keyName}`),
    overridable: false,
    means: 'The vault does not hold the key of the plan. If it was there before, somebody deleted it.',
    look: ['az keyvault key list-deleted --vault-name VAULT'],
    cure: (_, { vaultName, keyName }) =>
      `Find out who deleted it. Recover it within 90 days (az keyvault key recover --vault-name ${vaultName} --name ${keyName}, or ` +
      `Undo-AzKeyVaultKeyRemoval -VaultName ${vaultName} -Name ${keyName}), then retry.`,
    afterwards: retried,
    broken: [{ observed: { there: false }, expected: { vaultName: 'VAULT', keyName: 'KEY' } }]
  }
]
