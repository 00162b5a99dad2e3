/** Names of what only one at a time may do, in the store of a slot: nothing is written there but the lock itself. */
export const locks = {
  /** Two creations of one key would make two versions of it. */
  key: ({ vaultName, keyName }: { readonly vaultName: string; readonly keyName: string }): string =>
    `${vaultName}/${keyName}`
} as const
