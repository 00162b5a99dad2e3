import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import { choiceFields } from '../domain/terms/choices.ts'
import { vaultHome } from '../domain/plan/plan.ts'
import { workload } from '../domain/terms/fields.ts'
import { defineRecord } from './define-record.ts'

/** All that says what a vault must be like, and who may do what with its keys. */
export type VaultRules = Readonly<z.output<typeof schema>>

const schema = z.object({
  vault: vaultHome,
  tenantId: z.string(),
  purpose: choiceFields.purpose,
  authorization: choiceFields.authorization,
  workload,
  servicePrincipal: z.string(),
  slotIdentity: z.string(),
  /** Object ids. Absent: whoever handed the vault over named none. */
  administrators: z.array(z.string()).readonly().exactOptional(),
  /** Object ids of whoever was in its access policy when it was handed over, where no administrators were named. */
  known: z.array(z.string()).readonly().exactOptional(),
  /** Others made it: the app makes no key in it. */
  adopted: z.literal(true).exactOptional(),
  /** What did not hold then, and an operator overrode. */
  overridden: z
    .array(z.object({ code: z.string(), observed: z.string() }))
    .readonly()
    .exactOptional()
})

/** Of which vault, and when they were found to hold: ISO 8601 UTC. */
interface RulesOf {
  readonly vaultName: string
  readonly at: string
}

const folderOf = (vaultName: string): string => `rules/${vaultName.toLowerCase()}/`

const record = defineRecord({
  kind: 'rules of a vault',
  format: 1,
  schema,
  name: ({ vaultName, at }: RulesOf) => `${folderOf(vaultName)}${at.replaceAll(/[^0-9TZ]/g, '-')}.json`
})

/**
 * Keeps the rules that a vault has just been found to hold, at its hand-off or its adoption: from then on a sweep tells of
 * each that holds no longer. A vault that is handed over again, with other people, has newer ones. `at`: ISO 8601 UTC.
 */
export async function writeVaultRules(store: RecordStore, rules: VaultRules, at: string): Promise<void> {
  await record.put(store, { vaultName: rules.vault.vaultName, at }, rules)
}

/** The newest of them; undefined for a vault that is still to be handed off. */
export async function readVaultRules(store: RecordStore, vaultName: string): Promise<VaultRules | undefined> {
  const newest = await newestVaultRules(store, vaultName)
  if (newest === undefined) return undefined
  const { value } = await store.read({ container: 'records', name: newest })
  return value && record.parse(value.bytes, newest)
}

/** Its name, which tells it from earlier ones that say the same. */
export async function newestVaultRules(store: RecordStore, vaultName: string): Promise<string | undefined> {
  const { value: names } = await store.list('records', folderOf(vaultName)) // which sort by time
  return names.toSorted().at(-1)
}
