import type { RecordStore } from '../contracts/record-store.ts'
import type { VaultTask } from '../domain/plan/vault-task.ts'
import { putRecord } from './records.ts'

type OfTask = Pick<
  VaultTask,
  'vault' | 'tenantId' | 'purpose' | 'authorization' | 'workload' | 'servicePrincipal' | 'slotIdentity'
>

/** All that says what a vault must be like, and who may do what with its keys. */
export interface VaultRules extends OfTask {
  /** Object ids. Absent: whoever handed the vault over named none. */
  readonly administrators?: readonly string[]
  /** Others made it: the app makes no key in it. */
  readonly adopted?: true
  /** Codes of what did not hold then, and an operator overrode. */
  readonly overridden?: readonly string[]
}

/**
 * Keeps the rules that a vault has just been found to hold, at its hand-off or its adoption: from then on a sweep tells of
 * each that holds no longer. A vault that is handed over again, with other people, has newer ones. `at`: ISO 8601 UTC.
 */
export async function keepRules(records: RecordStore, rules: VaultRules, at: string): Promise<void> {
  const { vault, tenantId, purpose, authorization, workload, servicePrincipal, slotIdentity } = rules
  const { administrators, adopted, overridden } = rules
  const kept: VaultRules = {
    vault,
    tenantId,
    purpose,
    authorization,
    workload,
    servicePrincipal,
    slotIdentity,
    ...(administrators && { administrators }),
    ...(adopted && { adopted }),
    ...(overridden && { overridden })
  }
  await putRecord(records, `${folderOf(vault.vaultName)}${at.replaceAll(/[^0-9TZ]/g, '-')}.json`, kept)
}

/** The newest of them; undefined for a vault that is still to be handed off. */
export async function rulesOf(records: RecordStore, vaultName: string): Promise<VaultRules | undefined> {
  const { value: names } = await records.list('records', folderOf(vaultName))
  const newest = names.toSorted().at(-1)
  if (newest === undefined) return undefined
  const { value } = await records.read({ container: 'records', name: newest })
  return value && (JSON.parse(new TextDecoder().decode(value.bytes)) as VaultRules) // written by keepRules alone
}

const folderOf = (vaultName: string): string => `rules/${vaultName.toLowerCase()}/`
