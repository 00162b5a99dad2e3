import { callsOf, type Reading } from '../../domain/terms/reading.ts'
import type { SlotAzure } from '../../azure/connect.ts'
import type { Key } from '../../domain/resources/key.ts'
import type { VaultTask } from '../../domain/plan/vault-task.ts'
import { isOfRecoveryLevel, isUnpropagated } from '../../domain/checks/key.ts'
import { keyHeld } from '../../domain/checks/key-versions.ts'
import { isLastDay, lastDay } from '../../domain/checks/key-terms.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import { locks } from '../../records/locks.ts'
import type { Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'
import { orItsRegistration } from './registration-behind.ts'

/** The key of one vault: looked up, made once where absent unless people import it, read back and checked (R40–R44). */
export const makeKey =
  ({ azure }: Reach): Step<'make-key'> =>
  async (task) => {
    const { onboarding, vault, keySize: size, purpose, now } = task
    const own = azure.slot(vault.slot)
    const found = await keyOf(own, task)
    const { value: key, ...by } = task.mayMend ? await withoutExpiry(own, vault, found) : found
    const about = {
      resource: `${vault.vaultName}/${vault.keyName}`,
      suffix: vault.vaultName,
      at: now,
      call: callsOf(by)
    }
    const held = keyHeld(key, { ...vault, size, purpose, now }, about)
    const results = await orItsRegistration(own, task, held)
    const place = { store: slotIdentity(vault.slot), onboarding, step: `${vault.vaultName}/key` }
    const { evidence, findings } = await checked(azure, place, [results])
    const propagating = isUnpropagated(key) && findings.length === 1 && findings.every(isOfRecoveryLevel)
    return { evidence, findings: findings.map((finding) => mendable(finding, vault)), propagating }
  }

/** Get or create. A create that is repeated makes a second version, so it happens between two looks, under a lease. */
async function keyOf(own: SlotAzure, { vault, keySize, sku, keys }: VaultTask): Promise<Reading<Key>> {
  const before = await own.keys.read(vault)
  if (before.value) return { ...before, value: before.value }
  if (keys === 'imported')
    throw new Error(`Key ${vault.keyName} was in ${vault.vaultName} and is not any more. It is looked for again.`)
  return own.store.withLease(locks.key(vault), async () => {
    const again = await own.keys.read(vault)
    if (!again.value) await own.keys.create(vault, keySize, sku)
    return readBack(own, vault)
  })
}

async function readBack(own: SlotAzure, vault: VaultTask['vault']): Promise<Reading<Key>> {
  const after = await own.keys.read(vault)
  if (after.value) return { ...after, value: after.value }
  throw new Error(`Key ${vault.keyName} was made in ${vault.vaultName} but cannot be read yet. It is looked for again.`)
}

/** An expiration date never goes: it is set to the one that Microsoft 365 accepts (R42). */
async function withoutExpiry(own: SlotAzure, vault: VaultTask['vault'], found: Reading<Key>): Promise<Reading<Key>> {
  const { version, expiresOn } = found.value
  if (expiresOn === undefined || isLastDay(expiresOn)) return found
  await own.keys.setExpiry({ ...vault, version }, new Date(lastDay))
  return readBack(own, vault)
}

const mendable = (finding: Finding, { keyName }: VaultTask['vault']): Finding =>
  finding.check === 'key-expiry'
    ? { ...finding, mend: `On your word the app sets the expiration date of ${keyName} to 9999-12-31.` }
    : finding
