import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import type { Starter, Unnumbered } from '../contracts/starts.ts'
import type { VaultSetUpInput } from '../contracts/vault-set-up.ts'
import type { Pointer } from '../domain/ledger/entry.ts'
import { person } from '../domain/people/person.ts'
import { policyKey } from '../domain/ledger/chains.ts'
import { defineDigestedRecord, defineRecord } from './define-record.ts'

/** Who started an onboarding, by name: it can be erased. */
const starterRecord = defineRecord({
  kind: 'start',
  format: 1,
  schema: z.object({ by: z.string(), person }),
  name: (onboarding: string) => `${onboarding}/started.json`
})

export async function keepStarter(store: RecordStore, onboarding: string, starter: Starter): Promise<void> {
  await starterRecord.put(store, onboarding, starter)
}

export const starterOf = (store: RecordStore, onboarding: string): Promise<Starter | undefined> =>
  starterRecord.read(store, onboarding)

type Branch = Unnumbered<VaultSetUpInput>

const branchRecord = defineDigestedRecord({
  kind: 'start of a vault set-up',
  format: 1,
  // What it is made of is said by types alone; its digest says that it is what this app wrote.
  // With a salt, since people's names are in it and its digest stands in the ledger for years.
  schema: z.object({
    salt: z.string().optional(),
    input: z.custom<Branch>((value) => typeof value === 'object' && value !== null)
  }),
  folder: ({ task: { onboarding, policy, vault } }: Branch) =>
    `${onboarding}/branches/${policyKey(policy)}.${String(vault.slot)}`
})

export const keepBranch = (store: RecordStore, { task, slots }: Branch): Promise<Pointer> =>
  branchRecord.keep(store, { task, slots }, { salt: randomBytes(32).toString('hex'), input: { task, slots } })

export const branchOf = async (store: RecordStore, pointer: Pointer): Promise<Branch> =>
  (await branchRecord.read(store, pointer)).input
