import type { SlotAzure } from '../../azure/connect.ts'
import { backupChecks } from '../../domain/checks/backup.ts'
import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { keyHeld } from '../../domain/checks/key-versions.ts'
import type { VaultHome } from '../../domain/plan/plan.ts'
import type { Immutability } from '../../domain/terms/immutability.ts'
import { callsOf } from '../../domain/terms/reading.ts'
import { backUp } from '../backups/back-up.ts'

export interface AdoptedKeys {
  readonly own: SlotAzure
  readonly home: VaultHome
  readonly keys: readonly string[]
  readonly now: string
}

/** A key that has lived may have any size that is sound, and versions. */
export async function keysHeld({ own, home, keys, now }: AdoptedKeys): Promise<CheckResults[]> {
  const results: CheckResults[] = []
  for (const keyName of keys) {
    const { value: key, ...by } = await own.keys.read({ ...home, keyName })
    if (!key) continue // it went away just now
    const about = { ...named(home, keyName), at: now, call: callsOf(by) }
    results.push(keyHeld(key, { ...home, size: undefined, purpose: 'production', now }, about))
  }
  return results
}

/** The first backup of each, which stays for years: only once both slots have said that the vault is the app's to look after. */
export async function keysBackedUp(
  { own, home, keys, now }: AdoptedKeys,
  immutability: Immutability
): Promise<CheckResults[]> {
  const results: CheckResults[] = []
  for (const keyName of keys) {
    const backup = await backUp(own, { ...home, keyName }, now)
    if (!backup) continue
    const about = { ...named(home, keyName), at: now, call: backup.call }
    results.push(runChecks(backupChecks, backup.seen, { immutability, now }, about))
  }
  return results
}

const named = ({ vaultName }: VaultHome, keyName: string) => ({
  resource: `${vaultName}/${keyName}`,
  suffix: `${vaultName} ${keyName}`
})
