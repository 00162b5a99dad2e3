import type { Seen } from '../azure/call.ts'
import type { SlotAzure } from '../azure/connect.ts'
import type { KeyFacts } from '../azure/key-shape.ts'
import type { VaultTask } from '../domain/activity-contracts.ts'
import { runChecks } from '../domain/checks.ts'
import { isUnpropagated, keyChecks } from '../domain/checks-key.ts'
import { slotIdentity } from '../domain/evidence.ts'
import type { Reach, Work } from './activity.ts'
import { checked } from './checked.ts'
import { guidOf } from './digests.ts'

/** The key of one vault: looked up, made once where absent, read back and checked (R40–R44). */
export const makeKey = ({ azure }: Reach): Work<'make-key'> => async (task) => {
  const { onboarding, vault, keySize: size, purpose, now } = task
  const own = azure.slot(vault.slot)
  const { value: key, call } = await keyOf(own, task)
  const about = { resource: `${vault.vaultName}/${vault.keyName}`, suffix: vault.vaultName, at: now, call }
  const results = runChecks(keyChecks({ size, purpose, now }), key, about)
  const place = { store: slotIdentity(vault.slot), onboarding, step: `${vault.vaultName}/key` }
  const kept = await checked(azure, place, [results])
  return { ...kept, propagating: isUnpropagated(key) && kept.findings.length === 1 }
}

/** Get or create. A create that is repeated makes a second version, so it happens between two looks, under a lease. */
async function keyOf(own: SlotAzure, { onboarding, vault, keySize, sku }: VaultTask): Promise<Seen<KeyFacts>> {
  const before = await own.keys.read(vault)
  if (before.value) return { ...before, value: before.value }
  const lease = { name: `${vault.vaultName}/${vault.keyName}`, id: guidOf(onboarding, vault.vaultName, vault.keyName) }
  return own.store.withLease(lease, async () => {
    const again = await own.keys.read(vault)
    if (!again.value) await own.keys.create(vault, keySize, sku)
    const after = await own.keys.read(vault)
    if (after.value) return { ...after, value: after.value }
    throw new Error(`Key ${vault.keyName} was made in ${vault.vaultName} but cannot be read yet. It is looked for again.`)
  })
}
