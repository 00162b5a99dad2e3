/** The only recovery level Microsoft 365 accepts (R44): recoverable, in a subscription that nobody can just cancel. */
export const protectedLevel = 'Recoverable+ProtectedSubscription'

/** Everything is as it should be but for the registration, which reaches keys some time after Microsoft's approval. */
export const unpropagatedLevel = 'Recoverable'

/** A wrong level tells its cause, and each cause has a cure of its own. */
export function recoveryCure(level: string, vaultName: string): string {
  if (level.startsWith('Customized')) return shortRetention
  if (level === 'Purgeable') return noSoftDelete(vaultName)
  if (level === 'Recoverable+Purgeable') return `${noPurgeProtection(vaultName)} ${noMandatoryRetention}`
  return noMandatoryRetention
}

const shortRetention =
  'The vault keeps deleted keys for fewer than 90 days, and that is fixed. Leave it, and start anew with another ' +
  'vault name.'

const noSoftDelete = (vaultName: string): string =>
  `Soft delete is off. Switch soft delete and purge protection on for the vault (az keyvault update --name ${vaultName} ` +
  '--set properties.enableSoftDelete=true properties.enablePurgeProtection=true), then retry.'

const noPurgeProtection = (vaultName: string): string =>
  `Purge protection is off: switch it on (az keyvault update --name ${vaultName} --enable-purge-protection true).`

const noMandatoryRetention =
  'The mandatory retention of the subscription has not reached the key. Check that the feature shows Registered, run ' +
  'Register-AzResourceProvider for Microsoft.Resources and Microsoft.KeyVault, wait, then retry.'
