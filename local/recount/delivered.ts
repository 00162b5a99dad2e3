import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { JournalEntry } from '../azure/core/journal.ts'
import {
  entry,
  handOff,
  planFile,
  record,
  saidFile,
  shownFile,
  type EvidenceRecord,
  type HandOffFile,
  type PlanOf
} from './shapes.ts'
import type { Source } from './source.ts'

/** An answer that was taken, as the ledger has it. */
export interface Answer {
  readonly task: string
  readonly oid: string
  readonly by: string
  /** When the store took it: whole seconds, as answers of stores are dated. */
  readonly at: string
  readonly answer: Readonly<Record<string, unknown>>
}

/** A record, by the id that rows name it with. */
export interface Lying extends EvidenceRecord {
  readonly id: string
}

/** All of one onboarding that its hand-off can be held against. */
export interface Delivered {
  readonly id: string
  readonly plan: PlanOf
  /** Of batches that the hand-off names, where it is the batch that it names. */
  readonly records: readonly Lying[]
  readonly answers: readonly Answer[]
  /** Names of activities that the ledger says were done, with the moment. */
  readonly done: readonly { readonly intent: string; readonly at: string }[]
  /** Names of activities that were begun, done or not. */
  readonly begun: readonly string[]
  readonly shown: readonly { readonly oid: string; readonly at: string }[]
  /** Attested beside any onboarding, as a record each. */
  readonly copies: readonly { readonly by: string; readonly at: string }[]
  readonly journal: readonly JournalEntry[]
  readonly handOff: HandOffFile
  /** What is amiss before anything is counted, a sentence each. */
  readonly amiss: readonly string[]
}

interface Blob {
  readonly host: string
  readonly path: string
  readonly at: string
}

/** What was written into the stores, once each, in the order it was taken. */
const blobsIn = ({ journal }: Source): Blob[] =>
  journal
    .filter(({ service, operation, applied }) => service === 'storage' && operation === 'blob.put' && applied)
    .map(({ host, path, at }) => ({ host, path: decodeURIComponent(path), at }))

/** Each onboarding that has handed off. */
export async function allDelivered(source: Source): Promise<Delivered[]> {
  const blobs = blobsIn(source)
  const found = blobs.filter(({ path }) => /^\/records\/[^/]+\/hand-off\.json$/.test(path))
  const all: Delivered[] = []
  for (const blob of found) {
    const text = await source.read(blob.host, blob.path)
    if (text !== undefined) all.push(await delivered(source, blobs, text))
  }
  return all
}

/** Every record of evidence in the stores. */
export async function allRecords(source: Source): Promise<Lying[]> {
  const batches = blobsIn(source).filter(({ path }) => isBatch(path))
  const read = await eachIn(source, batches, record.array())
  return read.flatMap(({ blob, content }) => content.map((each, index) => ({ ...each, id: `${blob.path}#${index}` })))
}

/** A slot keeps heads of the ledger beside its evidence; the records hold much else. */
const isBatch = (path: string): boolean =>
  /^\/records\/[^/]+\/(preflight|mail|verification)\/[^/]+\/[^/]+\.json$/.test(path) ||
  (path.startsWith('/evidence/') && !/^\/evidence\/[^/]+\/ledger\//.test(path))

async function delivered(source: Source, blobs: readonly Blob[], text: string): Promise<Delivered> {
  const document = handOff.parse(JSON.parse(text))
  const { onboarding: id, planDigest, evidence } = document
  const under = (start: string) => blobs.filter(({ path }) => path.startsWith(start))
  const records = `/records/${id}`
  const [plan] = await eachIn(source, under(`${records}/plan.json`), planFile)
  if (!plan) throw new Error(`The plan of ${id} is not in the records.`)
  const told = await ledgerOf(source, blobs, id)
  const shown = await eachIn(source, under(`${records}/shown/${planDigest}/`), shownFile)
  const copies = await eachIn(source, under('/records/offline-copies/'), copyFile)
  const batches = await Promise.all(evidence.map((each) => batchOf(source, blobs, each)))
  return {
    id,
    plan: plan.content.plan,
    records: batches.flatMap((each) => each.records),
    ...told,
    // Each lies under the name of whom it is of: one that names somebody else is of nobody.
    shown: shown
      .filter(({ blob, content: { person } }) => blob.path.toLowerCase().endsWith(`/${person.oid.toLowerCase()}.json`))
      .map(({ content: { person, at } }) => ({ oid: person.oid, at })),
    copies: copies.map(({ content: { by, at } }) => ({ by, at })),
    journal: source.journal,
    handOff: document,
    amiss: [
      ...batches.flatMap((each) => each.amiss),
      ...(plan.content.plan.digest === planDigest ? [] : ['the hand-off names another plan than the records have']),
      ...(told.opened === planDigest ? [] : ['the ledger was opened with another plan than the hand-off names'])
    ]
  }
}

/** A list out of which a person was erased lies beside the mark that says so. */
const listIn = (document: unknown): unknown => erasedList.safeParse(document).data?.records ?? document

const erasedList = z.object({ records: z.array(z.unknown()), erased: z.object({ sha256: z.string() }) })

const copyFile = shownFile.pick({ by: true, at: true })

async function eachIn<Schema extends z.ZodType>(source: Source, blobs: readonly Blob[], schema: Schema) {
  const all: { readonly blob: Blob; readonly content: z.output<Schema> }[] = []
  for (const blob of blobs) {
    const text = await source.read(blob.host, blob.path)
    if (text !== undefined) all.push({ blob, content: schema.parse(listIn(JSON.parse(text))) })
  }
  return all
}

async function batchOf(
  source: Source,
  blobs: readonly Blob[],
  { store, name, sha256 }: HandOffFile['evidence'][number]
) {
  const container = store === 'app' ? 'records' : 'evidence'
  const blob = blobs.find(({ path }) => path === `/${container}/${name}`)
  const text = blob && (await source.read(blob.host, blob.path))
  if (text === undefined) return { records: [], amiss: [`${name} is named by the hand-off and not in its store`] }
  if (createHash('sha256').update(text).digest('hex') !== sha256)
    return { records: [], amiss: [`${name} is not the batch that the hand-off names`] }
  const records = record.array().parse(JSON.parse(text))
  return { records: records.map((each, index): Lying => ({ ...each, id: `${name}#${index}` })), amiss: [] }
}

async function ledgerOf(source: Source, blobs: readonly Blob[], id: string) {
  const ours = blobs.filter(({ path }) =>
    [`/ledger/onboarding.${id}/`, `/ledger/branch.${id}.`].some((start) => path.startsWith(start))
  )
  const entries = (await eachIn(source, ours, entry)).map(({ blob, content: { said } }) => ({
    ...said,
    at: `${blob.at.slice(0, 19)}.000Z`
  }))
  const isTaken = (answer: string): boolean =>
    entries.some((each) => each.kind === 'verdict' && each.answer === answer && each.verdict === 'taken')
  const answers: Answer[] = []
  for (const { kind, id: of, task, by, said, at } of entries) {
    if (kind !== 'answer' || task === undefined || by === undefined || said === undefined || !isTaken(of)) continue
    const words = blobs.filter(({ path }) => path === `/records/${said.name}`)
    const [{ content } = { content: undefined }] = await eachIn(source, words, saidFile)
    if (content) answers.push({ task, oid: by.oid, at, ...content.content })
  }
  return {
    answers,
    opened: entries.find(({ kind }) => kind === 'opened')?.plan?.sha256,
    begun: entries.flatMap(({ kind, id: of }) => (kind === 'intent' ? [of] : [])),
    done: entries.flatMap(({ kind, intent, outcome, at }) =>
      kind === 'outcome' && intent !== undefined && outcome === 'done' ? [{ intent, at }] : []
    )
  }
}
