import { z } from 'zod'
import { ledgerFaults, type LyingLedger } from '../src/domain/ledger/ledger-faults.ts'
import { onboardingChain } from '../src/domain/ledger/chains.ts'
import type { EvidenceBatch } from '../src/domain/views/documents.ts'
import type { LedgerPage } from '../src/domain/views/ledger-page.ts'
import { standsErased } from '../src/domain/people/without-person.ts'
import { canonicalJson } from '../src/domain/terms/digest.ts'
import { digestBefore, erasedMarkIn } from '../src/domain/terms/erased-mark.ts'
import type { Client } from './client.ts'
import { sha256 } from '../src/sha256.ts'

/** All that was observed in one onboarding, and the hand-off that names it. */
export interface EvidenceSet {
  readonly id: string
  readonly batches: readonly EvidenceBatch[]
  /** `sha256`: what the onboarding says it must have. */
  readonly handOff: { readonly text: string; readonly sha256: string } | undefined
  readonly ledger: LyingLedger
  /** What else was found amiss where it lies, a sentence each. */
  readonly others?: readonly string[]
}

export async function evidenceOf(
  client: Client,
  id: string,
  handOff: { readonly sha256: string } | null
): Promise<EvidenceSet> {
  const text = handOff && (await client.ask('getHandOff', { id, query: { format: 'json' } })).text
  const batches = await allBatches(client, id)
  const ledger = await wholeLedger(client, id)
  return { id, batches, ledger, handOff: handOff && text !== null ? { text, sha256: handOff.sha256 } : undefined }
}

async function allBatches(client: Client, id: string): Promise<EvidenceBatch[]> {
  const batches: EvidenceBatch[] = []
  for (let continuation: string | undefined; ; ) {
    const { body: page } = await client.call('getEvidence', { id, query: { continuation } })
    batches.push(...page.batches)
    if (page.continuation === undefined) return batches
    continuation = page.continuation
  }
}

async function wholeLedger(client: Client, id: string): Promise<LyingLedger> {
  const pages: LedgerPage[] = []
  for (let continuation: string | undefined; ; ) {
    const { body: page } = await client.call('getLedger', { id, query: { continuation } })
    pages.push(page)
    if (page.continuation === undefined) break
    continuation = page.continuation
  }
  const result = pages.find((page) => page.result !== undefined)?.result
  const heads = pages.flatMap((page) => page.heads)
  return { chains: pages.flatMap(({ chains }) => chains), heads, ...(result !== undefined && { result }) }
}

/**
 * Recomputes every digest: the hand-off's, each batch's, and that the hand-off names each as it lies there; and follows the
 * ledger from its first entry to the hand-off.
 */
export const evidenceFaults = ({ id, batches, handOff, ledger, others = [] }: EvidenceSet): string[] => [
  ...others,
  ...batches.flatMap(faultsOfBatch),
  ...ledgerFaults(ledger, handOff && { sha256: digestBefore(handOff.text, sha256) }, sha256),
  ...(ledger.chains.some(({ chain }) => chain === onboardingChain(id)) ? [] : [`the ledger is not that of ${id}`]),
  ...(handOff ? faultsOfHandOff(handOff, batches, id) : [])
]

/** Of its records; where a person was erased out of it, what it was before. */
const digestOf = ({ records, erased }: EvidenceBatch): string => erased?.sha256 ?? sha256(canonicalJson(records))

/** When a person was erased out of anything, and out of what. */
export function erasedFrom({ batches, handOff }: EvidenceSet): string[] {
  const mark = handOff && erasedMarkIn(handOff.text)
  return [
    ...(mark ? [`the hand-off, ${mark.at}`] : []),
    ...batches.flatMap(({ name, erased }) => (erased ? [`${name}, ${erased.at}`] : []))
  ]
}

const references = z.looseObject({
  onboarding: z.string(),
  evidence: z.array(z.object({ store: z.string(), name: z.string(), sha256: z.string() })),
  otherBatches: z.array(z.object({ store: z.string(), name: z.string() }))
})

/** A batch's name ends with the start of its digest. */
function faultsOfBatch(batch: EvidenceBatch): string[] {
  const { name } = batch
  const digest = digestOf(batch)
  return [
    ...(name.includes(digest.slice(0, 12)) ? [] : [`${name}: its records have the digest ${digest}`]),
    ...erasureFaults(batch)
  ]
}

/**
 * An erasure writes documents of the records account anew, and puts a word in the person's place: the slots' stores let nobody
 * change anything, and where no such word stands, what was changed was something else.
 */
function erasureFaults({ name, store, records, erased }: EvidenceBatch): string[] {
  if (!erased) return []
  if (store !== 'app')
    return [`${name}: it says that a person was erased out of it, which cannot be in the store of ${store}`]
  return standsErased(records)
    ? []
    : [`${name}: it says that a person was erased out of it, and nobody is missing in it`]
}

function faultsOfHandOff(
  { text, sha256: expected }: NonNullable<EvidenceSet['handOff']>,
  batches: readonly EvidenceBatch[],
  id: string
): string[] {
  const digests = new Map(batches.map((batch) => [keyOf(batch), digestOf(batch)]))
  const { onboarding, evidence, otherBatches } = references.parse(JSON.parse(text))
  return [
    ...(onboarding === id ? [] : [`the hand-off is that of ${onboarding}, not of ${id}`]),
    ...(digestBefore(text, sha256) === expected
      ? []
      : [`the hand-off has the digest ${digestBefore(text, sha256)}, not ${expected}`]),
    ...evidence.flatMap(({ store, name, sha256: named }) => {
      const there = digests.get(keyOf({ store, name }))
      if (there === undefined) return [`${name}: named by the hand-off, missing in the store of ${store}`]
      return there === named ? [] : [`${name}: the hand-off names ${named}, its records have ${there}`]
    }),
    ...otherBatches
      .filter((each) => !digests.has(keyOf(each)))
      .map(({ store, name }) => `${name}: known to the hand-off, missing in the store of ${store}`),
    ...batches
      .filter((each) => ![...evidence, ...otherBatches].some((known) => keyOf(known) === keyOf(each)))
      .map(({ store, name }) => `${name}: in the store of ${store}, and unknown to the hand-off`)
  ]
}

const keyOf = ({ store, name }: { readonly store: string; readonly name: string }): string => `${store} ${name}`
