import type { Identity } from '../domain/terms/evidence.ts'
import type { Reading } from '../domain/terms/reading.ts'

/**
 * What the app asks of a store: one for each identity. Azure's is `src/azure/blobs.ts`; another is one file that gives this,
 * the line of `src/azure/connect.ts` that connects it, and one in `test/contracts/record-store.test.ts`. It must
 * - keep a document as its first writer wrote it, safe before `putNew` answers, and tell every later writer `created: false`;
 * - tell the first writer the moment that every reader is told, to the second;
 * - show a document to every reader, in `read` and in `list`, once its writer has been answered;
 * - change or lose nothing in `backups`, `evidence` and `ledger`, and say in `properties` until when it cannot (R45);
 * - throw an `AzureCallError` where it fails, of a kind that passes only where the same call may do later.
 */
export interface RecordStore {
  /** The address of a document, there or not. */
  urlOf(place: RecordPlace): Promise<string>
  /**
   * Writes a document that must not exist yet. `created` is false when it did, by whatever name the store refuses an identity
   * that may add and not write over: compare it before trusting it.
   */
  putNew(place: RecordPlace, document: NewDocument): Promise<Reading<Put>>
  /** Undefined when there is no such document. A missing container is an error: nothing creates one. */
  read(place: RecordPlace): Promise<Reading<StoredDocument | undefined>>
  /** What the store says of it without its content; undefined when there is no such document. */
  properties(place: RecordPlace): Promise<Reading<DocumentProperties | undefined>>
  /** Names under a prefix, in order. */
  list(container: Container, prefix: string): Promise<Reading<string[]>>
  /** The present by the store's own clock, ISO 8601 UTC, in whole seconds. Changes nothing. */
  now(container: Container): Promise<Reading<string>>
  /**
   * Works while holding the lock of this name, e.g. `Contoso-CK-EX-NA-VaultA1/Key001`, for a minute at most. Whoever else
   * asks for it meanwhile is kept out by a passing failure. Where what was done `keeps` it, the lock lasts to the end of that
   * minute: whoever looks may not be shown it before.
   */
  withLease<T>(name: string, work: () => Promise<T>, keeps?: (done: T) => boolean): Promise<T>
}

/** The stores of all identities, as evidence names them. */
export interface Stores {
  store(identity: Identity): RecordStore
}

/**
 * `backups`, `evidence`, `locks` and `dead-letters` are in each slot's own store, `records` and `ledger` in that of the
 * identity `app`. What is in `backups`, `evidence` and `ledger` is added once and never written over.
 */
export type Container = 'backups' | 'evidence' | 'locks' | 'dead-letters' | 'records' | 'ledger'

export interface RecordPlace {
  readonly container: Container
  readonly name: string
}

export interface NewDocument {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly metadata?: Readonly<Record<string, string>>
}

/** `createdAt`: as `DocumentProperties` say it from then on. */
export type Put = { readonly created: true; readonly createdAt: string } | { readonly created: false }

export interface StoredDocument {
  readonly bytes: Uint8Array
  /** As `DocumentProperties` say it. */
  readonly createdAt: string
}

export interface DocumentProperties {
  readonly url: string
  /** When it was written, by the store's own clock, ISO 8601 UTC, in whole seconds; the same at every reading. */
  readonly createdAt: string
  /** Bytes. */
  readonly size: number
  readonly metadata: Readonly<Record<string, string>>
  /** `Locked` or `Unlocked`. */
  readonly immutabilityMode: string | undefined
  /** ISO 8601 UTC */
  readonly immutableUntil: string | undefined
}
