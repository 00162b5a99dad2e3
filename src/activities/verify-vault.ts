import type { BackupLook } from './back-up.ts'
import type { KeyFacts } from '../azure/key-shape.ts'
import type { VaultFacts } from '../azure/vault-shape.ts'
import type { VaultRecord, VaultTask } from '../domain/activity-contracts.ts'
import { runChecks } from '../domain/checks.ts'
import { backupChecks } from '../domain/checks-backup.ts'
import { keyChecks } from '../domain/checks-key.ts'
import { slotIdentity } from '../domain/evidence.ts'
import type { VaultResult } from '../domain/hand-off.ts'
import { parseKeyId } from '../domain/key-uri.ts'
import type { Reach, Work } from './activity.ts'
import { backUp } from './back-up.ts'
import { checked } from './checked.ts'
import { lookAtVault } from './look-at-vault.ts'
import { keepRecord } from './records.ts'

/** Everything about one vault, its key and its backup read again from Azure (R27–R46), and the result for the hand-off. */
export const verifyVault = ({ azure, config }: Reach): Work<'verify-vault'> => async (task) => {
  const { onboarding, vault, keySize, now: at } = task
  const own = azure.slot(vault.slot)
  const look = await lookAtVault(azure, task)
  const { value: key, call } = await own.keys.read(vault)
  const backup = await backUp(own, vault, at) // a state that no backup holds yet is backed up here
  if (!key || !backup) throw new Error(`Key ${vault.keyName} of ${vault.vaultName} cannot be read. It is looked for again.`)
  const resource = `${vault.vaultName}/${vault.keyName}`
  const keyResults = runChecks(keyChecks({ size: keySize, now: at }), key, { resource, suffix: vault.vaultName, at, call })
  const about = { resource: backup.seen.blobUrl, suffix: vault.vaultName, at, call: backup.call }
  const results = [...look.results, keyResults, runChecks(backupChecks(config.immutability), backup.seen, about)]
  const place = { store: slotIdentity(vault.slot), onboarding, step: `${vault.vaultName}/verification` }
  const { evidence, findings } = await checked(azure, place, results)
  const result = resultOf(task, { vault: look.facts, key, backup })
  const record = { result, evidence: [...task.earlier, evidence] } satisfies VaultRecord
  return { findings, record: await keepRecord(azure.app.store, `${onboarding}/vaults/${vault.vaultName}`, record) }
}

interface Found {
  readonly vault: VaultFacts
  readonly key: KeyFacts
  readonly backup: BackupLook
}

function resultOf({ policy, workload, vault }: VaultTask, found: Found): VaultResult {
  const { versioned, versionless } = parseKeyId(found.key.id)
  const { blobUrl, storedSha256, immutableUntil = '' } = found.backup.seen
  return {
    policy,
    workload,
    slot: vault.slot,
    subscriptionId: vault.subscriptionId,
    vaultName: found.vault.name,
    resourceGroup: found.vault.resourceGroup,
    region: found.vault.region,
    sku: found.vault.sku,
    recoveryLevel: found.key.recoveryLevel,
    keyId: versioned,
    keyIdVersionless: versionless,
    keyVersions: found.key.versions,
    backup: { url: blobUrl, sha256: storedSha256, immutableUntil }
  }
}
