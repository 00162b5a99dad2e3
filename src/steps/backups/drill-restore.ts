import type { SlotAzure } from '../../azure/connect.ts'
import { runChecks } from '../../domain/checks/checks.ts'
import { drillChecks, drillVaultName, type KeyHalf } from '../../domain/checks/drill.ts'
import { slotIdentity } from '../../domain/terms/evidence.ts'
import { newestOf, type KeyVersionSeen } from '../../domain/backups/key-fingerprint.ts'
import { parseKeyId } from '../../domain/terms/key-uri.ts'
import { warnOf, type Reach, type Step } from '../step.ts'
import { keepBackedUp, type KeyHome } from './back-up.ts'
import { sha256 } from '../../records/digests.ts'
import { keepEvidence } from '../../records/evidence.ts'
import type { ManagedVaults } from './managed-vaults.ts'
import { putRecord } from '../../records/records.ts'
import type { ManagedVault, VaultHome } from '../../records/managed-vault.ts'

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
    const drill: VaultHome = { ...found.vault, vaultName: drillVaultName(startedAt, sha256(due.mark)) }
    if (!(await isReady(reach, found, drill))) return { state: 'preparing', drillVault: drill.vaultName }
    const { keyName } = due.key
    const restoredHere = { ...drill, keyName }
    const there = await own.keys.versions(restoredHere)
    if (!there.value) await own.keys.restore(drill.vaultName, await newestBackup(own, due.key, now))
    const { value: restored = [], call } = await own.keys.versions(restoredHere)
    const seen = {
      keyName,
      drillVault: drill.vaultName,
      original: await halves(own, due.key, due.versions),
      restored: await halves(own, restoredHere, restored)
    }
    const name = `${found.vault.vaultName}/${keyName}`
    const about = { resource: name, suffix: vaultName, at: now, call }
    const { evidence, findings } = runChecks(drillChecks, seen, about)
    const kept = await keepEvidence(
      azure,
      { store: slotIdentity(found.slot), onboarding: 'drill', step: name },
      evidence
    )
    warnOf(log, findings)
    const record = { drillVault: drill.vaultName, at: now, evidence: kept.name, proved: findings.length === 0 }
    await putRecord(azure.app.store, placeOf(due.mark).name, record)
    return {
      state: findings.length === 0 ? 'proved' : 'failed',
      drillVault: drill.vaultName,
      keyName,
      evidence: kept.name
    }
  }

interface Due {
  readonly key: KeyHome
  readonly versions: readonly KeyVersionSeen[]
  /** Vault, key and newest version. */
  readonly mark: string
}

/** The first key of the vault whose newest version no drill has been about. */
async function keyDue({ azure }: Reach, { slot, vault }: ManagedVault, now: string): Promise<Due | undefined> {
  const own = azure.slot(slot)
  for (const keyName of (await own.keys.names(vault.vaultName)).value) {
    const key = { ...vault, keyName }
    const look = await keepBackedUp(own, key, now)
    const version = parseKeyId(newestOf(look?.versions ?? [])?.id ?? '').version ?? ''
    const mark = `${vault.vaultName}/${keyName}/${version}`
    if (look?.backedUpAt !== undefined && !(await azure.app.store.properties(placeOf(mark))).value) {
      return { key, versions: look.versions, mark }
    }
  }
  return undefined
}

async function isReady({ azure, config }: Reach, { slot, vault }: ManagedVault, drill: VaultHome): Promise<boolean> {
  const own = azure.slot(slot)
  const { value: there } = await own.vaults.read(drill)
  if (!there) {
    const { value: original } = await own.vaults.read(vault)
    const owner = { tenantId: original?.tenantId ?? '', onboardingId: 'drill', policyId: `drill of ${vault.vaultName}` }
    await own.vaults.create({ ...drill, keyName: '' }, owner)
    return false
  }
  if (there.provisioningState !== 'Succeeded') return false
  const { value: self } = await azure.app.graph.servicePrincipal(config.identities[slotIdentity(slot)])
  const grant = { tenantId: there.tenantId, objectId: self?.objectId ?? '', keys: ['get', 'list', 'restore'] }
  await own.vaults.grant(drill, grant)
  return true
}

async function newestBackup(own: SlotAzure, key: KeyHome, now: string): Promise<Uint8Array> {
  const look = await keepBackedUp(own, key, now)
  const name = decodeURIComponent(new URL(look?.seen.blobUrl ?? '').pathname).replace(/^\/backups\//, '')
  const { value } = await own.store.read({ container: 'backups', name })
  if (value) return value.bytes
  throw new Error(`The newest backup of ${key.keyName} of ${key.vaultName} cannot be read yet. It is looked for again.`)
}

async function halves(own: SlotAzure, key: KeyHome, versions: readonly KeyVersionSeen[]): Promise<KeyHalf[]> {
  const all: KeyHalf[] = []
  for (const { id } of versions) {
    all.push({ id, modulus: (await own.keys.modulus({ ...key, version: parseKeyId(id).version ?? '' })).value })
  }
  return all
}

const placeOf = (mark: string) => ({ container: 'records', name: `drills/${mark.toLowerCase()}.json` }) as const
