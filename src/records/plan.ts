import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import { digestOf } from '../domain/plan/plan-digest.ts'
import { erasedMarkOf } from '../domain/terms/erased-mark.ts'
import { plan, type Plan, type PlanRef } from '../domain/plan/plan.ts'
import { onboardingRequest } from '../domain/request/request.ts'
import { defineRecord } from './define-record.ts'
import { sha256 } from '../sha256.ts'
import { jsonOf } from './json-document.ts'
import { UnreadableRecord } from '../contracts/unreadable-record.ts'

const kind = 'plan'

/**
 * What an onboarding was asked for, and the plan that people approve of it: written once, before anything of it starts, and
 * what all work reads.
 */
const planRecord = defineRecord({
  kind,
  format: 1,
  schema: z.object({ request: onboardingRequest, plan }),
  name: (onboarding: string) => `${onboarding}/plan.json`
})

export type PlanRecord = ReturnType<(typeof planRecord)['parse']>

/** Keeps it; undefined where another plan lies under the id of this onboarding. */
export async function keepPlan(store: RecordStore, record: PlanRecord): Promise<PlanRef | undefined> {
  const { id, digest } = record.plan
  const { value } = await planRecord.put(store, id, record)
  const ref = { name: planRecord.nameOf(id), digest }
  return value.created || (await readPlan(store, ref.name)).digest === digest ? ref : undefined
}

/** The plan of an onboarding, with where it lies. Throws where it is missing or not what its digest says. */
export async function planUnder(store: RecordStore, onboarding: string): Promise<{ ref: PlanRef; plan: Plan }> {
  const name = planRecord.nameOf(onboarding)
  const plan = await readPlan(store, name)
  return { ref: { name, digest: plan.digest }, plan }
}

/** The plan that a reference names. Throws where it is missing, not what its digest says, or of another digest. */
export async function planOf(store: RecordStore, { name, digest }: PlanRef): Promise<Plan> {
  const found = await readPlan(store, name, { erased: false })
  if (found.digest === digest) return found
  throw new UnreadableRecord(kind, name, `its digest is ${found.digest}, and ${digest} was approved`)
}

/** What an onboarding was asked for, with its plan; undefined where none of this id was ever kept. */
export async function keptPlan(
  store: RecordStore,
  onboarding: string
): Promise<(PlanRecord & { ref: PlanRef }) | undefined> {
  const name = planRecord.nameOf(onboarding)
  const record = await readRecord(store, name)
  return record && { ...record, ref: { name, digest: record.plan.digest } }
}

async function readPlan(store: RecordStore, name: string, which?: { readonly erased: boolean }): Promise<Plan> {
  const record = await readRecord(store, name, which)
  if (record === undefined) throw new UnreadableRecord(kind, name, 'it is missing')
  return record.plan
}

/**
 * The digest is that of the document as it lies there, whichever format it has. `erased`: whoever only reads is given one out of
 * which a person was erased as well, which happens only where nobody works by it any more.
 */
async function readRecord(store: RecordStore, name: string, which = { erased: true }): Promise<PlanRecord | undefined> {
  const { value } = await store.read({ container: 'records', name })
  if (value === undefined) return undefined
  const read = planRecord.parse(value.bytes, name)
  const document = jsonOf(kind, value.bytes, name)
  const lying = z.object({ plan: z.looseObject({}) }).parse(document).plan
  if (digestOf(lying, sha256) === read.plan.digest || (which.erased && erasedMarkOf(document))) return read
  throw new UnreadableRecord(kind, name, 'it is not what its digest says')
}
