import { z } from 'zod'
import type { RecordStore } from '../../contracts/record-store.ts'
import { UnreadableRecord } from '../../contracts/unreadable-record.ts'
import type { Entry } from '../../domain/ledger/entry.ts'
import { canonicalJson } from '../../domain/terms/digest.ts'
import { defineRecord } from '../define-record.ts'

/** The newest entry of a chain when a chapter ended, as a slot's own immutable store has it. */
export type KeptHead = Readonly<z.output<typeof schema>>

const schema = z.object({
  chain: z.string(),
  /** The chapter that had ended. */
  step: z.string(),
  n: z.int(),
  /** Of the entry that ended it. */
  sha256: z.string(),
  moment: z.string(),
  /** Of the hand-off, where the chapter that ended wrote it: it is the root of all that was observed. */
  handOff: z.string().exactOptional()
})

const kind = 'head of a ledger'

interface HeadOf {
  readonly onboarding: string
  readonly step: string
}

const record = defineRecord({
  kind,
  format: 1,
  schema,
  container: 'evidence',
  name: ({ onboarding, step }: HeadOf) => `${folderOf(onboarding)}${step}.json`
})

const folderOf = (onboarding: string): string => `${onboarding}/ledger/`

/** Whether a name in a slot's evidence is that of such a copy. */
export const isKeptHead = (name: string): boolean => /^[^/]+\/ledger\/[^/]+$/.test(name)

export interface EndOfChapter {
  readonly chain: string
  readonly step: string
  readonly entry: Entry
  /** Digest of the hand-off, where the chapter wrote it. */
  readonly handOff?: string | undefined
}

/** Keeps it, once. Throws an `UnreadableRecord` where the store has kept another head: then the chain was rewritten. */
export async function keepHead(
  store: RecordStore,
  onboarding: string,
  { chain, step, entry, handOff }: EndOfChapter
): Promise<void> {
  const { n, sha256, moment } = entry
  const head: KeptHead = { chain, step, n, sha256, moment, ...(handOff !== undefined && { handOff }) }
  const of = { onboarding, step }
  const { value } = await record.put(store, of, head)
  if (value.created || canonicalJson(await record.read(store, of)) === canonicalJson(head)) return
  throw new UnreadableRecord(kind, record.nameOf(of), `the ledger has another entry ${String(head.n)} of ${chain}`)
}

/** All that a slot has kept of an onboarding. */
export async function keptHeads(store: RecordStore, onboarding: string): Promise<KeptHead[]> {
  const folder = folderOf(onboarding)
  const { value: names } = await store.list('evidence', folder)
  const heads: KeptHead[] = []
  for (const name of names) {
    const head = await record.read(store, { onboarding, step: name.slice(folder.length, -'.json'.length) })
    if (head) heads.push(head)
  }
  return heads
}
