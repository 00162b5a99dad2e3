import { lookedAtAgain } from './afterwards.ts'
import type { Check } from './checks.ts'

/** Keys that the store holds backups of and the vault does not have. */
export interface KeptVaultObserved {
  readonly missing: readonly string[]
}

export interface KeptVaultExpected {
  readonly vaultName: string
}

/** What must go on holding of a vault that is looked after, beside the rules of every vault. */
export const keptVaultChecks: readonly Check<KeptVaultObserved, KeptVaultExpected>[] = [
  {
    code: 'keys-there',
    requirement: 'R40',
    on: 'vault',
    expected: () => 'every key that was ever backed up',
    holds: ({ missing }) => missing.length === 0,
    describe: ({ missing }) => (missing.length === 0 ? 'all there' : `gone: ${missing.slice(0, 3).join(', ')}`),
    overridable: false,
    means:
      'A key that was backed up before is gone from its vault. Somebody deleted it; the clock of its 90 days runs.',
    look: [
      'az keyvault key list-deleted --vault-name VAULT --query "[].{id:kid, purge:scheduledPurgeDate}" --output table'
    ],
    cure: ({ missing }, { vaultName }) =>
      `Recover now what is gone: ${missing
        .slice(0, 3)
        .map((name) => `az keyvault key recover --vault-name ${vaultName} --name ${name}`)
        .join(
          '; '
        )}${missing.length > 3 ? '; and so the others' : ''}. Only if that is impossible, restore the newest backup (ckey ` +
      'restore).',
    afterwards: lookedAtAgain,
    broken: [{ observed: { missing: ['KEY'] }, expected: { vaultName: 'VAULT' } }]
  }
]
