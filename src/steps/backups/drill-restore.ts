import type { SlotAzure } from '../../azure/connect.ts'
import { runChecks } from '../../domain/checks/checks.ts'
import { restoredKeyChecks, type KeyHalf } from '../../domain/checks/restored-key.ts'
import { drillVaultName } from '../../domain/backups/drill.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import { newestOf } from '../../domain/backups/key-fingerprint.ts'
import type { KeyVersion } from '../../domain/resources/key.ts'
import { versionIn } from '../../domain/terms/key-uri.ts'
import { objectIdOf } from '../preflight/object-id-of.ts'
import { warnOf, type Reach, type Step } from '../step.ts'
import { keepBackedUp, type KeyHome } from './back-up.ts'
import { sha256 } from '../../sha256.ts'
import { drillMark, readDrill, writeDrill, type DrillOf } from '../../records/drill.ts'
import { writeEvidence } from '../../records/evidence.ts'
import type { ManagedVaults } from './managed-vaults.ts'
import { readBackup } from '../../records/backup.ts'
import type { ManagedVault } from '../../records/managed-vault.ts'
import type { VaultHome } from '../../domain/plan/plan.ts'

/**
 * Restores the newest backup of one key into a vault made for this drill, of the same subscription and geography, and
 * compares every version with the original (R45). The one place where a slot's identity may restore, and only in there;
 * a person removes the vault. One drill for each newest version.
 */
export const drillRestore =
  (reach: Reach, managed: ManagedVaults): Step<'drill-restore'> =>
  async ({ vaultName, startedAt, now }, log) => {
    const { azure } = reach
    const found = await managed.find(vaultName, now)
    const due = found && (await keyDue(reach, found, now))
    if (!due) return { state: 'none-due' }
    const own = azure.slot(found.slot)
    const drill: VaultHome = { ...found.vault, vaultName: drillVaultName(startedAt, sha256(drillMark(due.of))) }
    const notYet = await unready(reach, found, drill)
    if (notYet !== undefined) return { state: 'preparing', drillVault: drill.vaultName, notYet }
    const { keyName } = due.key
    const restoredHere = { ...drill, keyName }
    const there = await own.keys.versions(restoredHere)
    if (!there.value) await own.keys.restore(drill.vaultName, await newestBackup(own, due))
    const { value: restored = [], call } = await own.keys.versions(restoredHere)
    const original = await halves(own, due.key, due.versions)
    const expected = { keyName, drillVault: drill.vaultName, original }
    const observed = { restored: await halves(own, restoredHere, restored) }
    const name = `${found.vault.vaultName}/${keyName}`
    const about = { resource: name, suffix: vaultName, at: now, call }
    const { evidence, findings } = runChecks(restoredKeyChecks, observed, expected, about)
    const kept = await writeEvidence(
      azure,
      { store: slotIdentity(found.slot), onboarding: 'drill', step: name },
      evidence
    )
    warnOf(log, findings)
    const record = { drillVault: drill.vaultName, at: now, evidence: kept.name, proved: findings.length === 0 }
    await writeDrill(azure.app.store, due.of, record)
    return {
      state: findings.length === 0 ? 'proved' : 'failed',
      drillVault: drill.vaultName,
      keyName,
      evidence: kept.name
    }
  }

interface Due {
  readonly key: KeyHome
  readonly versions: readonly KeyVersion[]
  readonly of: DrillOf
  /** Name of its newest backup. */
  readonly backup: string
}

/** The first key of the vault whose newest version no drill has been about. */
async function keyDue({ azure }: Reach, { slot, vault }: ManagedVault, now: string): Promise<Due | undefined> {
  const own = azure.slot(slot)
  for (const keyName of (await own.keys.names(vault.vaultName)).value) {
    const key = { ...vault, keyName }
    const look = await keepBackedUp(own, key, now)
    if (look?.backedUpAt === undefined) continue
    const of = { vaultName: vault.vaultName, keyName, version: versionIn(newestOf(look.versions).id) }
    if ((await readDrill(azure.app.store, of)) === undefined)
      return { key, versions: look.versions, of, backup: look.name }
  }
  return undefined
}

/** What Azure says of the drill's vault while it is not ready. */
async function unready(
  { azure, config }: Reach,
  { slot, vault }: ManagedVault,
  drill: VaultHome
): Promise<string | undefined> {
  const own = azure.slot(slot)
  const { value: there } = await own.vaults.read(drill)
  if (!there) {
    const { value: original } = await own.vaults.read(vault)
    if (!original)
      throw new Error(`Vault ${vault.vaultName} cannot be read any more. The next drill looks for it again.`)
    const owner = { tenantId: original.tenantId, onboardingId: 'drill', policyId: `drill of ${vault.vaultName}` }
    await own.vaults.create(drill, owner)
    return 'was asked for'
  }
  if (there.provisioningState !== 'Succeeded') return `is ${there.provisioningState ?? 'in no state'}`
  const objectId = await objectIdOf(azure.app.graph, config.identities[slotIdentity(slot)])
  const grant = { tenantId: there.tenantId, objectId, keys: ['get', 'list', 'restore'] }
  await own.vaults.grant(drill, grant)
  return undefined
}

async function newestBackup(own: SlotAzure, { key, backup }: Due): Promise<Uint8Array> {
  const bytes = await readBackup(own.store, backup)
  if (bytes) return bytes
  throw new Error(`The newest backup of ${key.keyName} of ${key.vaultName} cannot be read yet. It is looked for again.`)
}

async function halves(own: SlotAzure, key: KeyHome, versions: readonly KeyVersion[]): Promise<KeyHalf[]> {
  const all: KeyHalf[] = []
  for (const { id } of versions) {
    all.push({ id, modulus: (await own.keys.modulus({ ...key, version: versionIn(id) })).value })
  }
  return all
}
