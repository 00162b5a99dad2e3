import { sameText } from '../terms/same-text.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'

/** The keys that lie in a vault. */
export interface VaultKeysObserved {
  readonly keys: readonly string[]
}

export interface VaultKeysExpected {
  readonly vaultName: string
  /** The one key of the policy. */
  readonly keyName: string
}

/** A vault that the app made holds the one key of its policy (R40): each policy has a pair of its own. */
export const vaultKeysChecks: readonly Check<VaultKeysObserved, VaultKeysExpected>[] = [
  {
    code: 'vault-one-key',
    requirement: 'R40',
    on: 'vault',
    expected: ({ keyName }) => `no other key than ${keyName}`,
    holds: (observed, expected) => others(observed, expected).length === 0,
    describe: (observed, expected) => {
      const found = others(observed, expected)
      return found.length === 0
        ? 'no other key'
        : `beside it: ${found.slice(0, 3).join(', ')}${found.length > 3 ? ` and ${String(found.length - 3)} more` : ''}`
    },
    overridable: true,
    means:
      'The vault holds a key beside that of its policy. Each policy has vaults and keys of its own: whoever takes the other key for ' +
      'a policy gives two the same fate, and nothing here has checked it.',
    look: [
      'az keyvault key list --vault-name VAULT --query "[].{name:name, created:attributes.created}" --output table'
    ],
    cure: (observed, expected) =>
      `Find out who made ${others(observed, expected)[0] ?? ''} in ${expected.vaultName}, and what uses it. If nothing does, have it ` +
      'removed by whoever may, and retry; if something does, override with what it is.',
    afterwards: `A deleted key stays recoverable for 90 days. ${retried}`,
    broken: [{ observed: { keys: ['KEY', 'ANOTHER_KEY'] }, expected: { vaultName: 'VAULT', keyName: 'KEY' } }]
  }
]

const others = ({ keys }: VaultKeysObserved, { keyName }: VaultKeysExpected): string[] =>
  keys.filter((key) => !sameText(key, keyName))
