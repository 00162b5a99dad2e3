import { isLinkTo } from '../../domain/ledger/link.ts'
import { z } from 'zod'
import { saying, storedEntry, type Entry, type Saying } from '../../domain/ledger/entry.ts'
import type { RecordPlace, StoredDocument } from '../../contracts/record-store.ts'
import { UnreadableRecord } from '../../contracts/unreadable-record.ts'
import { canonicalJson } from '../../domain/terms/digest.ts'
import { sha256 } from '../../sha256.ts'
import { documentOf, utf8 } from '../json-document.ts'

const kind = 'entry of a ledger'

const { parse, textOf } = documentOf({ kind, format: 1, schema: storedEntry, text: canonicalJson, beyond: unknownKind })

const kinds: ReadonlySet<string> = new Set(saying.options.map(({ shape }) => shape.kind.value))

/** Who adds a kind of entry need not count the format up: a release that lacks the word for it stops there all the same. */
function unknownKind(document: unknown): string | undefined {
  const { data } = z.object({ said: z.object({ kind: z.string() }) }).safeParse(document)
  return data && !kinds.has(data.said.kind)
    ? `and says of it “${data.said.kind}”, which is no word of this one`
    : undefined
}

/** Names sort as numbers do: a chain has fewer entries than a million. */
const digits = 6

export const placeOfEntry = (chain: string, n: number): RecordPlace => ({
  container: 'ledger',
  name: `${chain}/${String(n).padStart(digits, '0')}`
})

/** Whose entry a name in the container is. */
export const chainOfName = (name: string): string => name.slice(0, name.lastIndexOf('/'))

/** What is written behind an entry; `before` is absent where it is the first. */
export const entryDocument = (before: Entry | undefined, said: Saying) => ({
  bytes: utf8(textOf({ ...(before && { previous: linkTo(before) }), said })),
  contentType: 'application/json'
})

/** An entry as it lies there, which must be the one that follows: whoever changed a chain has broken it. */
export function entryAfter(
  before: Entry | undefined,
  { name }: RecordPlace,
  { bytes, createdAt }: StoredDocument
): Entry {
  const { previous, said } = parse(bytes, name)
  if (!isLinkTo(previous, before))
    throw new UnreadableRecord(kind, name, 'it does not follow the entry before it, which was changed, or this one was')
  return { n: (before?.n ?? 0) + 1, moment: createdAt, sha256: sha256(bytes), said }
}

const linkTo = ({ sha256: digest, moment }: Entry) => ({ sha256: digest, moment })

/** For a number that is free while later ones are not. */
export const missingEntry = ({ name }: RecordPlace): UnreadableRecord =>
  new UnreadableRecord(kind, name, 'it is missing, and later entries are there')
