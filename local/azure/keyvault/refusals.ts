import { AzureError } from '../core/service.ts'

/** A refusal of Key Vault's data plane, which says more in an inner error. */
export class KeyVaultError extends AzureError {
  readonly innerCode: string | undefined

  constructor(status: number, code: string, message: string, more: { inner?: string; retryAfter?: number } = {}) {
    super(status, code, message, more.retryAfter === undefined ? {} : { 'retry-after': String(more.retryAfter) })
    this.innerCode = more.inner
  }
}

/** The body of every error of this service. */
export function keyVaultErrorBody(code: string, message: string, innerCode?: string): unknown {
  return { error: { code, message, ...(innerCode === undefined ? {} : { innererror: { code: innerCode } }) } }
}

export const badParameter = (message: string): KeyVaultError => new KeyVaultError(400, 'BadParameter', message)

export const keyNotFound = (key: string): KeyVaultError =>
  new KeyVaultError(
    404,
    'KeyNotFound',
    `A key with (name/id) ${key} was not found in this key vault. If you recently deleted this key ` +
      'you may be able to recover it using the correct recovery command. ' +
      'For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182'
  )

export const keyExists = (name: string): KeyVaultError =>
  new KeyVaultError(
    409,
    'Conflict',
    `There was a conflict restoring the key '${name}': a key of this name exists in the key vault.`
  )

/** https://learn.microsoft.com/azure/key-vault/general/backup#limitations */
export const tooManyVersions = (name: string): KeyVaultError =>
  badParameter(`The key '${name}' has more than 500 versions and cannot be backed up.`)

export const malformedBackup = (): KeyVaultError =>
  new KeyVaultError(400, 'Malformed backup blob', 'Backup blob contains invalid or corrupt version.')

/** What Azure says of a backup taken in another subscription or geography (reference/domain.md §4.6). */
export const foreignBackup = (): KeyVaultError => badParameter('Cannot decrypt backup blob.')

export const throttled = (retryAfter: number): KeyVaultError =>
  new KeyVaultError(
    429,
    'Throttled',
    'Request was not processed because too many requests were received. ' + 'Reason: VaultRequestTypeLimitReached',
    { retryAfter }
  )
