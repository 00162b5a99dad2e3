import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { RecordStore } from '../../contracts/record-store.ts'
import { UnreadableRecord } from '../../contracts/unreadable-record.ts'
import { amendment } from '../../domain/ledger/amendment.ts'
import type { Pointer } from '../../domain/ledger/entry.ts'
import { erasedMarkIn } from '../../domain/terms/erased-mark.ts'
import { sha256 } from '../../sha256.ts'
import { documentOf, fitting, utf8 } from '../json-document.ts'
import type { StoredKind } from '../stored-kinds.ts'

/** A document that an entry points to and that can be erased: names and free text stand there, and nowhere in the ledger. */
export interface ErasableKind<Content> {
  /** Writes it for the entry of this id. One that is there stays, and is what the pointer is to. */
  keep(store: RecordStore, of: OfEntry, content: Content): Promise<Pointer>
  /** Undefined where it was erased. One that is not what its entry says throws an `UnreadableRecord`. */
  read(store: RecordStore, pointer: Pointer): Promise<Content | undefined>
}

export interface OfEntry {
  readonly onboarding: string
  /** Of the entry. */
  readonly id: string
}

const nameOf = ({ onboarding, id }: OfEntry): string => `${onboarding}/said/${id}.json`

/** The digest in the ledger is of content with a salt: who has the ledger alone cannot find out by trying what was said. */
function defineErasable<Schema extends z.ZodType<object>>(
  kind: StoredKind,
  content: Schema
): ErasableKind<z.output<Schema>> {
  const { parse, textOf } = documentOf({ kind, format: 1, schema: salted })
  return {
    keep: async (store, of, said) => {
      const place = { container: 'records', name: nameOf(of) } as const
      const bytes = utf8(textOf({ salt: randomBytes(32).toString('hex'), content: content.parse(said) }))
      const { value } = await store.putNew(place, { bytes, contentType: 'application/json' })
      const there = value.created ? bytes : (await store.read(place)).value?.bytes
      if (there === undefined) throw new UnreadableRecord(kind, place.name, 'it is there and cannot be read')
      return { name: place.name, sha256: sha256(there) }
    },
    read: async (store, { name, sha256: expected }) => {
      const { value } = await store.read({ container: 'records', name })
      if (value === undefined || erasedMarkIn(new TextDecoder().decode(value.bytes))?.sha256 === expected)
        return undefined
      if (sha256(value.bytes) !== expected)
        throw new UnreadableRecord(kind, name, 'it is not what the ledger says of it')
      return fitting({ kind }, content, { document: parse(value.bytes, name).content, name })
    }
  }
}

const salted = z.object({ salt: z.string(), content: z.unknown() })

/** What a person answered, and who it was by name. */
export const wordsOfAnswer = defineErasable('answer', z.object({ by: z.string(), answer: z.unknown() }))

/** Why an answer was not taken, or a mail did not arrive; what an override was said of. */
export const reasonWhy = defineErasable('reason', z.object({ why: z.string() }))

/** Who acts in whose place from now on. */
export const changeOfPeople = defineErasable('change of people', z.object({ amendment }))
