import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import { defineRecord } from './define-record.ts'

/** That one version of a key was restored from its backup for proof (R45). */
export type Drill = z.output<typeof schema>

const schema = z.object({
  drillVault: z.string(),
  /** ISO 8601 UTC */
  at: z.string(),
  /** Name of its batch of evidence, in the slot's store. */
  evidence: z.string(),
  proved: z.boolean()
})

/** A key and its newest version when it was drilled. */
export interface DrillOf {
  readonly vaultName: string
  readonly keyName: string
  readonly version: string
}

const record = defineRecord({
  kind: 'restore drill',
  format: 1,
  schema,
  name: (of: DrillOf) => `drills/${drillMark(of).toLowerCase()}.json`
})

/** The same words for the same drill: its vault is named after them too. */
export const drillMark = ({ vaultName, keyName, version }: DrillOf): string => `${vaultName}/${keyName}/${version}`

export async function writeDrill(store: RecordStore, of: DrillOf, drill: Drill): Promise<void> {
  await record.put(store, of, drill)
}

/** Undefined where no drill has been about this version. */
export const readDrill = (store: RecordStore, of: DrillOf): Promise<Drill | undefined> => record.read(store, of)
