import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { RecordStore } from '../../contracts/record-store.ts'
import type { VaultSetUpResult } from '../../contracts/vault-set-up.ts'
import { taskKinds } from '../../domain/tasks/task-kinds.ts'
import type { Task } from '../../domain/tasks/task.ts'
import { evidenceRef } from '../../domain/terms/evidence.ts'
import { requirement } from '../../domain/terms/fields.ts'
import type { StoredRecord } from '../../domain/terms/stored-record.ts'
import { defineDigestedRecord } from '../define-record.ts'

const task = z.custom<Task>((value) => kinded.safeParse(value).success)
const kinded = z.looseObject({ kind: z.string().refine((kind) => kind in taskKinds) })
const said = { by: z.string(), at: z.string() }

const result: z.ZodType<VaultSetUpResult> = z.object({
  vaultName: z.string(),
  evidence: z.array(evidenceRef),
  overrides: z.array(z.object({ ...said, code: z.string(), observed: z.string(), requirement, reason: z.string() })),
  answers: z.array(z.object({ ...said, task }))
})

const record = defineDigestedRecord({
  kind: 'result of a vault',
  format: 1,
  /** With a salt, since people's names are in it and its digest stands in the ledger for years. */
  schema: z.object({ salt: z.string(), result }),
  folder: ({ onboarding, vaultName }: { readonly onboarding: string; readonly vaultName: string }) =>
    `${onboarding}/branches/${vaultName}`
})

/** What the set-up of one vault gave: evidence, and what people said and decided there. */
export const writeBranchResult = (
  store: RecordStore,
  onboarding: string,
  of: VaultSetUpResult
): Promise<StoredRecord> =>
  record.keep(store, { onboarding, vaultName: of.vaultName }, { salt: randomBytes(32).toString('hex'), result: of })

export const readBranchResult = async (store: RecordStore, stored: StoredRecord): Promise<VaultSetUpResult> =>
  (await record.read(store, stored)).result

/** What was given as such a result, as far as it is one: no result that could not be read back is written. */
export const asBranchResult = (given: unknown): VaultSetUpResult => result.parse(given)
