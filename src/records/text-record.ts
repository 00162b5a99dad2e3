import type { RecordStore } from '../contracts/record-store.ts'
import type { Reading } from '../domain/terms/reading.ts'
import { textOfBytes, utf8 } from './json-document.ts'
import { UnreadableRecord } from '../contracts/unreadable-record.ts'
import type { StoredKind } from './stored-kinds.ts'

/** A kind of document that people and other programs read, so its form is theirs: no `format` stands in it. */
export interface TextKind<Of> {
  nameOf(of: Of): string
  /** Writes it; one that is there stays. */
  put(store: RecordStore, of: Of, text: string): Promise<Reading<{ created: boolean }>>
  /** Undefined where there is none. */
  read(store: RecordStore, of: Of): Promise<string | undefined>
}

interface TextRule<Of> {
  readonly kind: StoredKind
  readonly contentType: string
  readonly name: (of: Of) => string
}

/** A text in UTF-8, in `records`. */
export function defineTextRecord<Of>({ kind, contentType, name: nameOf }: TextRule<Of>): TextKind<Of> {
  return {
    nameOf,
    put: (store, of, text) =>
      store.putNew({ container: 'records', name: nameOf(of) }, { bytes: utf8(text), contentType }),
    read: async (store, of) => {
      const name = nameOf(of)
      const { value } = await store.read({ container: 'records', name })
      return value && readable(kind, value.bytes, name)
    }
  }
}

function readable(kind: string, bytes: Uint8Array, name: string): string {
  try {
    return textOfBytes(bytes)
  } catch {
    throw new UnreadableRecord(kind, name, 'it is no text in UTF-8')
  }
}
