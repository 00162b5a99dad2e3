import { type BackupLook, backUp } from '../backups/back-up.ts'
import type { Key, KeyVersion } from '../../domain/resources/key.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import type { VaultTask } from '../../domain/plan/vault-task.ts'
import { joined, runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { backupChecks } from '../../domain/checks/backup.ts'
import { copiedBackupChecks } from '../../domain/checks/copied-backup.ts'
import { newestOf } from '../../domain/backups/key-fingerprint.ts'
import type { Activities } from '../../contracts/activities.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import { copiedAt } from '../../records/offline-copy.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { VaultResult } from '../../domain/hand-off/hand-off.ts'
import { parseKeyId } from '../../domain/terms/key-uri.ts'
import type { Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'
import { eventsSeen } from './events.ts'
import { lookAtKey, type KeyLook } from './look-at-key.ts'
import { lookAtVault, type VaultLook } from './look-at-vault.ts'
import { onboardingTag } from '../../domain/terms/tags.ts'
import { vaultTaggedChecks } from '../../domain/checks/vault-tagged.ts'
import { vaultTellsChecks } from '../../domain/checks/vault-tells.ts'
import { writeVerifiedVault } from '../../records/verified-vault.ts'
import { readBranchResult } from '../../records/ledger/branch-result.ts'
import { writeVaultRules } from '../../records/vault-rules.ts'

/**
 * Everything about one vault, its key, its backup and its events read again from Azure (R27–R46), and the result for
 * the hand-off.
 * What lies behind a rule that must hold is looked at once it does: there is no `record` before.
 */
export const verifyVault =
  (reach: Reach): Step<'verify-vault'> =>
  async (task) => {
    const { azure } = reach
    const { onboarding, vault, now: at } = task
    const own = azure.slot(vault.slot)
    const look = `verification ${onboarding} ${at}` // all vaults are verified under its moment
    const vaultLook = await lookAtVault(azure, { ...task, look })
    const keyLook = mayGoOn(vaultLook.results) ? await lookAtKey(own, task) : nothing
    // What is not backed up yet is now.
    const backup = keyLook.facts && mayGoOn(keyLook.results) ? await backUp(own, vault, at) : undefined
    const backupResults = backup ? await backupHeld(azure.app.store, backup, task) : []
    const events = backup ? await eventsSeen(reach, vault, { onboarding, now: at, look }) : []
    const place = { store: slotIdentity(vault.slot), onboarding, step: `${vault.vaultName}/verification` }
    const results = [...vaultLook.results, ...named(task, vaultLook), ...keyLook.results, ...backupResults, ...events]
    const { evidence, findings } = await checked(azure, place, results)
    if (!vaultLook.facts || !keyLook.facts || !backup) return { findings }
    const overridden = findings.map(({ code, observed }) => ({ code, observed }))
    await writeVaultRules(azure.app.store, { ...task, ...(overridden.length > 0 && { overridden }) }, at)
    const result = resultOf(task, { vault: vaultLook.facts, key: keyLook.facts, backup })
    const earlier = task.earlier ? (await readBranchResult(azure.app.store, task.earlier)).evidence : []
    const verified = { result, evidence: [...earlier, evidence] }
    return { findings, record: await writeVerifiedVault(azure.app.store, onboarding, verified) }
  }

/** Whether the name that Azure shows tells the policy (R31), and the tag that its events are ours to take (R45). */
function named(
  { onboarding, policy, workload, vault, now: at }: VaultTask,
  { facts, results }: VaultLook
): CheckResults[] {
  const call = joined(results).evidence[0]?.call
  if (!facts || !call) return []
  const about = { resource: facts.name, suffix: vault.vaultName, at, call }
  const tagged = facts.tags[onboardingTag] !== undefined
  return [
    runChecks(vaultTellsChecks, { vaultName: vault.vaultName }, { workload, scope: policy.split('/')[1] }, about),
    runChecks(vaultTaggedChecks, { tagged }, { ...vault, onboarding }, about)
  ]
}

const nothing: KeyLook = { facts: undefined, results: [] }

const mayGoOn = (results: readonly CheckResults[]): boolean =>
  results.every(({ findings }) => findings.every((finding) => finding.overridable))

async function backupHeld(
  store: RecordStore,
  { seen, call, versions, backedUpAt }: BackupLook,
  { vault, now: at, immutability, copiedAt: attestedAt }: Activities['verify-vault']['input']
): Promise<CheckResults[]> {
  const about = { resource: seen.blobUrl, suffix: vault.vaultName, at, call }
  const held = runChecks(backupChecks, seen, { immutability, now: at }, about)
  if (backedUpAt === undefined) return [held]
  const copies = [attestedAt, await copiedAt(store, vault.slot)].flatMap((each) => each ?? [])
  const copied = { version: versionOf(newestOf(versions)), backedUpAt, copiedAt: copies.toSorted().at(-1) }
  return [held, runChecks(copiedBackupChecks, copied, vault, about)]
}

const versionOf = ({ id }: KeyVersion): string => parseKeyId(id).version ?? ''

interface VerifiedParts {
  readonly vault: Vault
  readonly key: Key
  readonly backup: BackupLook
}

function resultOf({ policy, workload, vault }: VaultTask, found: VerifiedParts): VaultResult {
  const { versioned, versionless } = parseKeyId(found.key.id)
  const { blobUrl, storedSha256, immutableUntil = '' } = found.backup.seen
  const { backedUpAt: at } = found.backup
  return {
    policy,
    workload,
    slot: vault.slot,
    subscriptionId: vault.subscriptionId,
    vaultName: found.vault.name,
    resourceGroup: found.vault.resourceGroup,
    region: found.vault.region,
    sku: found.vault.sku,
    keyType: found.key.keyType,
    ...(found.key.hsmPlatform !== undefined && { hsmPlatform: found.key.hsmPlatform }),
    recoveryLevel: found.key.recoveryLevel,
    keyId: versioned,
    keyIdVersionless: versionless,
    keyVersions: found.key.older.length + 1,
    backup: { url: blobUrl, sha256: storedSha256, immutableUntil, ...(at !== undefined && { at }) }
  }
}
