/** What findings of one subscription have in common, in the same words whoever met it: a look, or a step that was refused. */
export const disabled = (id: string): string => `subscription ${id.toLowerCase()} is not enabled`
export const unseen = (id: string): string => `subscription ${id.toLowerCase()} is not seen by the identity of its slot`
export const elsewhere = (id: string): string => `subscription ${id.toLowerCase()} belongs to another tenant`
export const unregistered = (id: string, provider = 'Microsoft.KeyVault'): string =>
  `${provider.toLowerCase()} is not registered in subscription ${id.toLowerCase()}`
