import { z } from 'zod'
import type { Container, Stores } from '../contracts/record-store.ts'
import { canonicalJson } from '../domain/terms/digest.ts'
import { erasedMarkOf } from '../domain/terms/erased-mark.ts'
import { evidence, type Evidence, type EvidenceRef, type Identity } from '../domain/terms/evidence.ts'
import type { EvidenceBatch, EvidencePage } from '../domain/views/documents.ts'
import { eachOf } from '../at-a-time.ts'
import type { SeenRecord } from '../domain/hand-off/seen-facts.ts'
import { sha256 } from '../sha256.ts'
import { isKeptHead } from './ledger/kept-head.ts'
import { fitting, jsonOf, utf8 } from './json-document.ts'
import { UnreadableRecord } from '../contracts/unreadable-record.ts'

/** Where a batch of evidence belongs. */
export interface EvidencePlace {
  readonly store: Identity
  readonly onboarding: string
  /** What was looked at, e.g. `preflight/slot-1`. */
  readonly step: string
}

const kind = 'batch of evidence'

/** Format 1 is a plain list, whose digest others name: there is no room in it for a format. A later one is an object. */
const schema = z.array(evidence)

/** One out of which a person was erased. */
const withoutPerson = z.object({ records: z.unknown() })

/**
 * Writes one batch under a name of its own content: a step that runs twice leaves both observations, and never
 * overwrites one. The records of the identity `app` lie in `records`, a slot's in its immutable `evidence`.
 */
export async function writeEvidence(
  stores: Stores,
  place: EvidencePlace,
  batch: readonly Evidence[]
): Promise<EvidenceRef> {
  const content = canonicalJson(batch)
  const digest = sha256(content)
  const name = `${place.onboarding}/${place.step}/${digest.slice(0, 12)}.json`
  const document = { bytes: utf8(content), contentType: 'application/json' }
  await stores.store(place.store).putNew({ container: containerOf(place.store), name }, document)
  return { store: place.store, name, sha256: digest, requirements: batch.map((each) => each.requirement) }
}

/** What a dry run gives instead: nothing was written. */
export const noEvidence = (store: Identity): EvidenceRef => ({ store, name: '', sha256: '', requirements: [] })

/** Batches of one page: each is one read. */
const pageSize = 60

const identities: readonly Identity[] = ['app', 'slot-1', 'slot-2']

/** All batches of an onboarding, page by page; `after` is the `continuation` of the page before. */
export async function readEvidence(stores: Stores, onboarding: string, after = ''): Promise<EvidencePage> {
  const rest = (await batchNames(stores, onboarding)).filter((each) => keyOf(each) > after)
  const page = rest.slice(0, pageSize)
  const batches = await Promise.all(page.map((each) => batchAt(stores, each)))
  const last = page.at(-1)
  return rest.length > pageSize && last ? { batches, continuation: keyOf(last) } : { batches }
}

/** Where all batches of an onboarding lie. */
export const batchNames = async (stores: Stores, onboarding: string): Promise<BatchPlace[]> =>
  (await Promise.all(identities.map((identity) => batchesIn(stores, identity, onboarding)))).flat()

/** What stands in these batches. One that is not what was written is unreadable: nothing is proved by it. */
export async function readRecords(stores: Stores, refs: readonly EvidenceRef[]): Promise<SeenRecord[]> {
  const batches = await eachOf(refs, async (ref) => {
    const { name, records, sha256: found } = await batchAt(stores, ref)
    if (found !== ref.sha256) throw new UnreadableRecord(kind, name, 'it is not what was written')
    return records.map((record, index): SeenRecord => ({ ...record, id: `${name}#${index}` }))
  })
  return batches.flat()
}

interface BatchPlace {
  readonly store: Identity
  readonly name: string
}

/** In the order of `identities` and of names. */
const keyOf = ({ store, name }: BatchPlace): string => `${store}:${name}`

async function batchesIn(stores: Stores, store: Identity, onboarding: string): Promise<BatchPlace[]> {
  const { value: names } = await stores.store(store).list(containerOf(store), `${onboarding}/`)
  return names
    .filter((name) => (store === 'app' ? isEvidence(name) : !isKeptHead(name)))
    .toSorted()
    .map((name) => ({ store, name }))
}

const containerOf = (identity: Identity): Container => (identity === 'app' ? 'records' : 'evidence')

/** The records container holds more than evidence: sent mails, results of vaults, the hand-off. */
const isEvidence = (name: string): boolean => /^[^/]+\/(preflight|mail|verification)\/[^/]+\/[^/]+\.json$/.test(name)

async function batchAt(stores: Stores, { store, name }: BatchPlace): Promise<EvidenceBatch> {
  const { value } = await stores.store(store).read({ container: containerOf(store), name })
  if (!value) throw new UnreadableRecord(kind, name, 'it is listed and not there')
  const document = jsonOf(kind, value.bytes, name)
  const erased = erasedMarkOf(document)
  const list = erased ? withoutPerson.safeParse(document).data?.records : document
  const records = fitting({ kind }, schema, { document: list, name })
  return { store, name, sha256: sha256(value.bytes), records, ...(erased && { erased }) }
}
