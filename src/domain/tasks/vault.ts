import type { VaultTask } from '../plan/vault-task.ts'
import { defineTask, none, unsaid } from './define-task.ts'
import { buttonAlone, done } from './nothing-to-say.ts'
import { vaultOperators } from './whom.ts'

/** What is the same of everything that people do for one vault. */
const forVault = {
  answer: done,
  toRead: 'nothing',
  steps: none,
  whom: vaultOperators,
  role: 'Operator',
  stepUp: false,
  optional: false,
  stands: 'alone',
  ofVault: true,
  proves: undefined,
  faults: none,
  reads: { status: ({ vault }: { readonly vault: string }) => vault, reason: unsaid, handOff: unsaid }
} as const

interface KeyToImport {
  readonly task: Pick<VaultTask, 'vault' | 'keySize' | 'sku'>
  /** It was asked before, and the key is not there, or another. */
  readonly again: boolean
}

/**
 * A person imports the key of one vault (R40–R42).
 * Source: https://learn.microsoft.com/azure/key-vault/keys/hsm-protected-keys-byok and the help of `az keyvault key import`
 */
export const importKey = defineTask('import-key', {
  ...forVault,
  form: { ...buttonAlone, title: ({ vault }) => `Import the key of ${vault}`, action: 'It is imported', warns: false },
  commands: (_, { task: { vault, sku } }: KeyToImport) => [
    `az keyvault key import --vault-name ${vault.vaultName} --name ${vault.keyName} --ops wrapKey unwrapKey ${sourceOf[sku]}`
  ],
  asks: (_, { task: { vault, keySize }, again }, [command = '']) =>
    (again ? `There is no key ${vault.keyName} in ${vault.vaultName} yet. ` : '') +
    `Import key ${vault.keyName} into vault ${vault.vaultName}, once: RSA of ${keySize} bits, for wrapKey and unwrapKey, ` +
    `without expiration date and not to be activated later. Run ${command}. The app then checks what arrived.`
})

/** From an HSM of one's own, as a key transfer package; a Standard vault takes software keys alone. */
const sourceOf = {
  premium: '--byok-file FILE (or --pem-file FILE --protection hsm)',
  standard: '--pem-file FILE --protection software'
} as const

interface VaultToOpen {
  readonly vaultName: string
  /** What gives somebody the role. */
  readonly command: string
}

/** A person sees to it that somebody of the organisation can change a vault's permissions (R35). */
export const assignContributor = defineTask('assign-contributor', {
  ...forVault,
  form: {
    ...buttonAlone,
    title: ({ vault }) => `Let somebody change the permissions of ${vault}`,
    action: 'It is done',
    warns: false
  },
  commands: (_, { command }: VaultToOpen) => [command],
  asks: (_, { vaultName }, [command = '']) =>
    `Nobody but this app may change the permissions of ${vaultName}. Run ${command}. ` +
    'Where people become it only on demand (PIM), say that it is done: what is found then can be overridden with who they are.'
})
