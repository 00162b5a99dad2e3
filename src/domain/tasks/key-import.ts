import type { VaultTask } from '../plan/vault-task.ts'

/**
 * What a person is asked who imports the key of one vault (R40–R42), with the command.
 * Source: https://learn.microsoft.com/azure/key-vault/keys/hsm-protected-keys-byok and the help of `az keyvault key import`
 */
export const importAsked = ({ vault: { vaultName, keyName }, keySize, sku }: ImportTask): string =>
  `Import key ${keyName} into vault ${vaultName}, once: RSA of ${String(keySize)} bits, for wrapKey and unwrapKey, ` +
  'without expiration date and not to be activated later. ' +
  `Run az keyvault key import --vault-name ${vaultName} --name ${keyName} --ops wrapKey unwrapKey ${sourceOf[sku]}. ` +
  'The app then checks what arrived.'

/** What of it is asked for again where the key is not there, or another. */
export const notImported = ({ vault: { vaultName, keyName } }: ImportTask): string =>
  `There is no key ${keyName} in ${vaultName} yet.`

type ImportTask = Pick<VaultTask, 'vault' | 'keySize' | 'sku'>

/** From an HSM of one's own, as a key transfer package; a Standard vault takes software keys alone. */
const sourceOf = {
  premium: '--byok-file FILE (or --pem-file FILE --protection hsm)',
  standard: '--pem-file FILE --protection software'
} as const
