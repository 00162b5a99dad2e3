/** Names of what only one at a time may do, in the store of who does it: nothing is written there but the lock itself. */
export const locks = {
  /** Two creations of one key would make two versions of it. */
  key: ({ vaultName, keyName }: { readonly vaultName: string; readonly keyName: string }): string =>
    `${vaultName}/${keyName}`,
  /** A second PUT of a vault would replace its access policies. */
  vault: ({ vaultName }: { readonly vaultName: string }): string => `${vaultName}/vault`,
  registration: (subscriptionId: string): string => `registration/${subscriptionId}`,
  /** Two sendings of one operation may be two mails: Azure does not promise otherwise. */
  mail: (operationId: string): string => `mails/${operationId}`
} as const
