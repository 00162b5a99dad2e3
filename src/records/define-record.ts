import type { z } from 'zod'
import type { Put, RecordPlace, RecordStore } from '../contracts/record-store.ts'
import { canonicalJson } from '../domain/terms/digest.ts'
import { erasedMarkIn } from '../domain/terms/erased-mark.ts'
import type { Reading } from '../domain/terms/reading.ts'
import type { StoredRecord } from '../domain/terms/stored-record.ts'
import { sha256 } from '../sha256.ts'
import { documentOf, textOfBytes, utf8, type Form } from './json-document.ts'

/** A kind of document with a name that says what it is about. */
export interface RecordKind<Of, Content> {
  nameOf(of: Of): string
  /** Writes it; one that is there stays. */
  put(store: RecordStore, of: Of, content: Content): Promise<Reading<Put>>
  /** Undefined where there is none. One that is not what its schema says throws an `UnreadableRecord`. */
  read(store: RecordStore, of: Of): Promise<Content | undefined>
  has(store: RecordStore, of: Of): Promise<boolean>
  /** The content of bytes that were found elsewhere, e.g. in an export. `name` is for the error. */
  parse(bytes: Uint8Array, name: string): Content
}

export interface RecordRule<Of, Schema extends z.ZodType> extends Form<Schema> {
  /** Its name in the container. It tells this document from all others, for good. */
  readonly name: (of: Of) => string
  /** Default: `records`, in the store of the identity `app`. */
  readonly container?: 'records' | 'ledger' | 'backups' | 'evidence'
  /** What a look at it tells without reading it. */
  readonly metadata?: (content: z.output<Schema>) => Readonly<Record<string, string>>
}

/** Where a document lies, what is in it, and how it is read and written: JSON with a `format`. */
export function defineRecord<Of, Schema extends z.ZodType<object>>(
  rule: RecordRule<Of, Schema>
): RecordKind<Of, z.output<Schema>> {
  const { parse, textOf } = documentOf(rule)
  const { container = 'records', metadata } = rule
  const placeOf = (of: Of): RecordPlace => ({ container, name: rule.name(of) })
  return {
    nameOf: rule.name,
    put: (store, of, content) =>
      store.putNew(placeOf(of), { ...json(textOf(content)), ...(metadata && { metadata: metadata(content) }) }),
    read: async (store, of) => {
      const place = placeOf(of)
      const { value } = await store.read(place)
      return value && parse(value.bytes, place.name)
    },
    has: async (store, of) => (await store.properties(placeOf(of))).value !== undefined,
    parse
  }
}

/** A kind of document whose name ends in its own digest: who has name and digest knows every byte of it. */
export interface DigestedKind<Of, Content> {
  /** Writes it, and says where it lies; the same content lies in the same place. */
  keep(store: RecordStore, of: Of, content: Content): Promise<StoredRecord>
  /**
   * Reads it back and refuses one that is missing or not what was written; `erased`: unless a person was erased out of it since,
   * which happens only where nobody works by it any more.
   */
  read(store: RecordStore, stored: StoredRecord, which?: { readonly erased: boolean }): Promise<Content>
}

export interface DigestedRule<Of, Schema extends z.ZodType> extends Form<Schema> {
  /** What stands in the name before the digest, e.g. `contoso-1/vaults/{vault}`. */
  readonly folder: (of: Of) => string
}

/** A document that others name by its digest: canonical JSON with a `format`, in `records`. */
export function defineDigestedRecord<Of, Schema extends z.ZodType<object>>(
  rule: DigestedRule<Of, Schema>
): DigestedKind<Of, z.output<Schema>> {
  const { parse, marked } = documentOf(rule)
  return {
    keep: async (store, of, content) => {
      const text = canonicalJson(marked(content))
      const digest = sha256(text)
      const name = `${rule.folder(of)}/${digest.slice(0, 12)}.json`
      await store.putNew({ container: 'records', name }, json(text))
      return { name, sha256: digest }
    },
    read: async (store, { name, sha256: expected }, { erased } = { erased: false }) => {
      const { value } = await store.read({ container: 'records', name })
      if (value && sha256(value.bytes) === expected) return parse(value.bytes, name)
      if (value && erased && erasedMarkIn(textOfBytes(value.bytes))?.sha256 === expected)
        return parse(value.bytes, name)
      throw new Error(
        `Record ${name} is missing or not the one that was written. Restore it from the store's versions, then retry.`
      )
    }
  }
}

const json = (text: string) => ({ bytes: utf8(text), contentType: 'application/json' })
