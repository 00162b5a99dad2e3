import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import type { VaultResult } from '../domain/hand-off/vault-result.ts'
import { slot, workload } from '../domain/terms/fields.ts'
import type { StoredRecord } from '../domain/terms/stored-record.ts'
import { defineDigestedRecord } from './define-record.ts'
import { evidenceRef } from '../domain/terms/evidence.ts'

/** What verification leaves of one vault: the hand-off is made of these. */
export type VerifiedVault = Readonly<z.output<typeof schema>>

export const verifiedResult = z.object({
  policy: z.string(),
  workload,
  slot,
  subscriptionId: z.string(),
  vaultName: z.string(),
  resourceGroup: z.string(),
  region: z.string(),
  sku: z.string(),
  keyType: z.string(),
  hsmPlatform: z.string().exactOptional(),
  recoveryLevel: z.string(),
  keyId: z.string(),
  keyIdVersionless: z.string(),
  keyVersions: z.int(),
  backup: z.object({ url: z.string(), sha256: z.string(), immutableUntil: z.string(), at: z.string().exactOptional() })
}) satisfies z.ZodType<VaultResult>

const schema = z.object({ result: verifiedResult, evidence: z.array(evidenceRef).readonly() })

const record = defineDigestedRecord({
  kind: 'verified vault',
  format: 1,
  schema,
  folder: ({ onboarding, vaultName }: { readonly onboarding: string; readonly vaultName: string }) =>
    `${onboarding}/vaults/${vaultName}`
})

export const writeVerifiedVault = (
  store: RecordStore,
  onboarding: string,
  verified: VerifiedVault
): Promise<StoredRecord> => record.keep(store, { onboarding, vaultName: verified.result.vaultName }, verified)

export const readVerifiedVault = (store: RecordStore, stored: StoredRecord): Promise<VerifiedVault> =>
  record.read(store, stored)
