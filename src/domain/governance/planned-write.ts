/** One thing that the app is going to write in a subscription, as Azure Policy will see it in the request. */
export interface PlannedWrite {
  /** e.g. `Microsoft.KeyVault/vaults`, and `Microsoft.KeyVault.Data/vaults/keys` for what Key Vault itself asks about. */
  readonly type: string
  readonly id: string
  readonly name: string
  /** With the names of what it lies in, e.g. `Topic/customer-key`. */
  readonly fullName: string
  /** Absent: its type has none. */
  readonly location?: string
  /** Absent: its type has none, and definitions of mode `Indexed` pass it over. */
  readonly tags?: Readonly<Record<string, string>>
  /** As `identity.type` has it. */
  readonly identity?: string
  readonly properties: Readonly<Record<string, unknown>>
  /** The version of the API that it is asked in; absent where another than Resource Manager is asked. */
  readonly apiVersion?: string
  /** The resource group that it lies in, where it lies in one. */
  readonly group?: Pick<PlannedWrite, 'id' | 'name' | 'tags'> & { readonly location: string }
  /** Without it no key can be made. */
  readonly isNeeded: boolean
}

/** Modes of definitions: https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-basics#mode */
export function isLookedAt({ type, tags, location }: PlannedWrite, mode: string): boolean {
  const provider = /^(.+\.Data)\//i.exec(type)?.[1]
  if (provider !== undefined) return mode.toLowerCase() === provider.toLowerCase()
  if (mode.toLowerCase() === 'all') return true
  if (!['indexed', ''].includes(mode.toLowerCase())) return false
  return tags !== undefined && location !== undefined && !/\/resourceGroups$/i.test(type)
}
