import type { Slot } from '../terms/evidence.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

export interface VaultNameParts {
  readonly namePrefix: string
  readonly workload: Workload
  readonly scope: string | undefined
  readonly slot: Slot
}

/** `{prefix}-CK-{EX|SP|M365}[-{scope}]-VaultA{slot}` (R31), e.g. `Contoso-CK-EX-NA-VaultA1`. Never cut to fit. */
export const vaultName = ({ namePrefix, workload, scope, slot }: VaultNameParts): string =>
  `${namePrefix}${vaultNameEnd({ workload, scope })}${slot}`

/** How many characters a prefix may have for this policy's vault names to fit. */
export const longestPrefix = (policy: { workload: Workload; scope: string | undefined }): number =>
  longestVaultName - vaultNameEnd(policy).length - 1

/**
 * What Key Vault would refuse about a name, each as the end of a sentence that begins with the name.
 * Source: Azure's naming rules, https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
 */
export const vaultNameFaults = (name: string): string[] =>
  vaultNameRules.filter(({ broken }) => broken(name)).map(({ says }) => says(name))

export const keyName = (vault: string): string => `${vault}-Key001`

/** One resource group per slot, so that each has administrators of its own (R32). */
export const resourceGroupName = (namePrefix: string, slot: Slot): string =>
  `rg-${namePrefix.toLowerCase()}-ck-slot${slot}`

/** The other way: the prefix of a group that is named so. */
export const prefixOfGroup = (resourceGroup: string): string | undefined =>
  /^rg-(.+)-ck-slot[12]$/i.exec(resourceGroup)?.[1]

const longestVaultName = 24

const vaultNameEnd = ({ workload, scope }: { workload: Workload; scope: string | undefined }): string =>
  ['', 'CK', workloads[workload].code, ...(scope === undefined ? [] : [scope]), 'VaultA'].join('-')

interface VaultNameRule {
  readonly broken: (name: string) => boolean
  readonly says: (name: string) => string
}

const vaultNameRules: readonly VaultNameRule[] = [
  {
    broken: (name) => name.length < 3 || name.length > longestVaultName,
    says: (name) => `has ${name.length} characters, and Azure allows 3 to ${longestVaultName}`
  },
  { broken: (name) => /[^A-Za-z0-9-]/.test(name), says: () => 'has characters other than letters, digits and hyphens' },
  { broken: (name) => !/^[A-Za-z]/.test(name), says: () => 'does not begin with a letter' },
  { broken: (name) => !/[A-Za-z0-9]$/.test(name), says: () => 'does not end with a letter or a digit' },
  { broken: (name) => name.includes('--'), says: () => 'has two hyphens in a row' }
]
