import type { SlotAzure } from '../../azure/connect.ts'
import type { Key } from '../../domain/resources/key.ts'
import type { VaultTask } from '../../domain/plan/vault-task.ts'
import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { keyThereChecks } from '../../domain/checks/key-there.ts'
import { vaultKeysChecks } from '../../domain/checks/vault-keys.ts'
import { callsOf } from '../../domain/terms/reading.ts'
import { keyHeld } from '../../domain/checks/key-versions.ts'
import { orItsRegistration } from './registration-behind.ts'

export interface KeyLook {
  /** Undefined: there is no such key. */
  readonly facts: Key | undefined
  readonly results: readonly CheckResults[]
}

type Looked = Pick<VaultTask, 'vault' | 'keySize' | 'purpose' | 'now'>

/** Reads a vault's key, and what lies beside it, and holds every rule against it (R40–R44, R46). */
export async function lookAtKey(own: SlotAzure, { vault, keySize: size, purpose, now }: Looked): Promise<KeyLook> {
  const { value: facts, ...by } = await own.keys.read(vault)
  const { vaultName, keyName } = vault
  const about = { resource: `${vaultName}/${keyName}`, suffix: vaultName, at: now, call: callsOf(by) }
  const there = runChecks(keyThereChecks, { there: facts !== undefined }, vault, about)
  if (!facts) return { facts, results: [there] }
  const { value: keys, call: listed } = await own.keys.names(vaultName)
  const held = keyHeld(facts, { ...vault, size, purpose, now }, about)
  return {
    facts,
    results: [
      there,
      await orItsRegistration(own, { vault, now }, held),
      runChecks(vaultKeysChecks, { keys }, vault, { ...about, resource: vaultName, call: listed })
    ]
  }
}
