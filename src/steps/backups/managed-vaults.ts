import type { Azure } from '../../azure/connect.ts'
import { isPassing } from '../../azure/errors.ts'
import { onboardingTag } from '../../domain/terms/tags.ts'
import { readManagedVault, managedVaultNames, type ManagedVault } from '../../records/managed-vault.ts'

/** The vaults the app manages, kept in memory: an event costs no listing, and one about another vault no call to it. */
export interface ManagedVaults {
  /** Undefined: the app manages no vault of that name. `now`: ISO 8601 UTC. */
  find(vaultName: string, now: string): Promise<ManagedVault | undefined>
  /** All of them, read again; those known, while the records cannot be read. */
  names(now: string): Promise<readonly string[]>
  /** Whether the vault still carries our tag; who takes it off takes the vault out of our hands. */
  isTagged(managed: ManagedVault): Promise<boolean>
}

/** A name that is not known costs one listing in this many milliseconds, however many events name it. */
const betweenListingsMs = 60_000

export function managedVaults(azure: Azure): ManagedVaults {
  const records = azure.app.store
  const known = new Map<string, ManagedVault>()
  const tagged = new Map<string, boolean>()
  let names: readonly string[] = []
  let listedAt = -Infinity

  const list = async (now: string): Promise<readonly string[]> => {
    names = await orKnown<readonly string[]>(managedVaultNames(records), names.length > 0 ? names : undefined)
    listedAt = Date.parse(now)
    tagged.clear()
    return names
  }
  return {
    names: list,
    find: async (vaultName, now) => {
      const name = vaultName.toLowerCase()
      if (!names.includes(name) && Date.parse(now) - listedAt >= betweenListingsMs) await list(now)
      if (!names.includes(name)) return undefined
      const managed = known.get(name) ?? (await readManagedVault(records, name))
      if (managed) known.set(name, managed) // records of vaults are final
      return managed
    },
    isTagged: async (managed) => {
      const isOurs = tagged.get(managed.vaultId) ?? (await carriesTag(azure, managed))
      if (isOurs !== undefined) tagged.set(managed.vaultId, isOurs)
      return isOurs ?? true
    }
  }
}

/** What was known before where it cannot be read just now: the slots' stores may be well while that of the records is not. */
export async function orKnown<T>(asked: Promise<T>, known: T | undefined): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (isPassing(error) && known !== undefined) return known
    throw error
  }
}

/** Undefined where ARM cannot be asked just now: that must not keep a key from being backed up. */
async function carriesTag(azure: Azure, { slot, vault }: ManagedVault): Promise<boolean | undefined> {
  try {
    const { value } = await azure.slot(slot).vaults.read(vault)
    return value === undefined ? undefined : value.tags[onboardingTag] !== undefined
  } catch (error) {
    if (isPassing(error)) return undefined
    throw error
  }
}
