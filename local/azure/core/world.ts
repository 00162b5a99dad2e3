import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { EntriesFile } from './entries-file.ts'

/** Everything the simulated Azure remembers, as named collections of JSON values. */
export interface World {
  /** True when this state had never been opened before: seeding belongs to this moment only. */
  readonly fresh: boolean
  /** Hex. Signs the tokens. */
  readonly secret: string
  /** The caller names the type of a collection; one name must keep one type everywhere. */
  collection<T extends object>(name: string): Collection<T>
  /** Resolves once all that was set so far is on disk. Rejects when it never will be: then nobody may be answered any more. */
  saved(): Promise<void>
  /** Resolves when the file can no longer be written, with what to tell. */
  readonly lost: Promise<Error>
  /** Nothing can be remembered afterwards. */
  close(): void
}

/**
 * Kept in memory and written to one SQLite file, so that a killed rehearsal finds its Azure as it left it: nobody is answered
 * before `saved`.
 */
export class StoredWorld implements World {
  readonly fresh: boolean
  readonly secret: string
  readonly #file: EntriesFile
  readonly #collections = new Map<string, StoredCollection>()
  readonly #lost = Promise.withResolvers<Error>()

  /**
   * @param file path of the SQLite file, or `:memory:`, or a database that is open.
   * @param secret of a fresh state; random when absent. Worlds that follow each other in one process share it: a client
   * library keeps its tokens for as long as the process lives.
   */
  constructor(file: string | DatabaseSync, secret = randomBytes(32).toString('hex')) {
    this.#file = new EntriesFile(file, { onLost: (why) => this.#lost.resolve(why) })
    for (const { collection, id, json } of this.#file.all()) this.#stored(collection).restore(id, json ?? '')
    const meta = this.collection<{ secret: string; format?: number }>('world')
    this.fresh = !meta.has('secret')
    if (this.fresh) meta.set('secret', { secret, format })
    else if (meta.get('secret')?.format !== format) throw this.#ofAnotherVersion(file)
    this.secret = meta.get('secret')?.secret ?? ''
  }

  collection<T extends object>(name: string): Collection<T> {
    // Only JSON leaves the process, so the type is the caller's promise, as with any store.
    return this.#stored(name) as unknown as Collection<T>
  }

  saved(): Promise<void> {
    return this.#file.saved()
  }

  get lost(): Promise<Error> {
    return this.#lost.promise
  }

  close(): void {
    this.#file.close()
  }

  #stored(name: string): StoredCollection {
    const known = this.#collections.get(name)
    if (known !== undefined) return known
    const collection = new StoredCollection((id, json) => this.#file.put({ collection: name, id, json }))
    this.#collections.set(name, collection)
    return collection
  }

  #ofAnotherVersion(file: string | DatabaseSync): Error {
    this.#file.close()
    return new Error(
      `The state ${typeof file === 'string' ? file : ''} was kept by another version of the rehearsal, which laid it out ` +
        'otherwise. Go on with that version, or choose another folder.'
    )
  }
}

/** Of what collections hold: 2 has all blobs in it. */
const format = 2

/** Values are frozen copies: change one by setting a new one, so that memory and disk never differ. */
export interface Collection<T extends object> {
  get(id: string): Readonly<T> | undefined
  has(id: string): boolean
  set(id: string, value: T): void
  /** False when there was none. */
  delete(id: string): boolean
  /** In the order of first insertion. */
  keys(): string[]
  /** In the same order. */
  values(): Readonly<T>[]
}

class StoredCollection implements Collection<object> {
  readonly #values = new Map<string, object>()
  readonly #persist: (id: string, json: string | undefined) => void

  constructor(persist: (id: string, json: string | undefined) => void) {
    this.#persist = persist
  }

  get(id: string): object | undefined {
    return this.#values.get(id)
  }

  has(id: string): boolean {
    return this.#values.has(id)
  }

  set(id: string, value: object): void {
    const json = JSON.stringify(value)
    this.#persist(id, json)
    this.restore(id, json)
  }

  delete(id: string): boolean {
    this.#persist(id, undefined)
    return this.#values.delete(id)
  }

  keys(): string[] {
    return [...this.#values.keys()]
  }

  values(): object[] {
    return [...this.#values.values()]
  }

  restore(id: string, json: string): void {
    // What was set is an object, so what comes back is one.
    this.#values.set(id, JSON.parse(json, (_key, value: unknown) => Object.freeze(value)) as object)
  }
}
