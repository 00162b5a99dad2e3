import { randomBytes } from 'node:crypto'
import { DatabaseSync, type StatementSync } from 'node:sqlite'

/**
 * Everything the simulated Azure remembers, as named collections of JSON values.
 * Kept in memory and written through to one SQLite file, so that a killed rehearsal finds its Azure as it left it.
 */
export class World {
  /** True when this state had never been opened before: seeding belongs to this moment only. */
  readonly fresh: boolean
  /** Hex. Signs the tokens. */
  readonly secret: string
  readonly #database: DatabaseSync
  readonly #write: StatementSync
  readonly #erase: StatementSync
  readonly #collections = new Map<string, StoredCollection>()

  /**
   * @param file path of the SQLite file, or `:memory:`.
   * @param secret of a fresh state; random when absent. Worlds that follow each other in one process share it: a client
   * library keeps its tokens for as long as the process lives.
   */
  constructor(file: string, secret = randomBytes(32).toString('hex')) {
    this.#database = open(file)
    this.#write = this.#database.prepare(WRITE)
    this.#erase = this.#database.prepare('DELETE FROM entries WHERE collection = ? AND id = ?')
    this.#load()
    const meta = this.collection<{ secret: string }>('world')
    this.fresh = !meta.has('secret')
    if (this.fresh) meta.set('secret', { secret })
    this.secret = meta.get('secret')?.secret ?? ''
  }

  /** The caller names the type of a collection; one name must keep one type everywhere. */
  collection<T extends object>(name: string): Collection<T> {
    // Only JSON leaves the process, so the type is the caller's promise, as with any store.
    return this.#stored(name) as unknown as Collection<T>
  }

  /** Nothing can be remembered afterwards. */
  close(): void {
    this.#database.close()
  }

  #stored(name: string): StoredCollection {
    const known = this.#collections.get(name)
    if (known !== undefined) return known
    const collection = new StoredCollection((id, json) => {
      if (json === undefined) this.#erase.run(name, id)
      else this.#write.run(name, id, json)
    })
    this.#collections.set(name, collection)
    return collection
  }

  #load(): void {
    for (const row of this.#database.prepare('SELECT collection, id, value FROM entries ORDER BY rowid').iterate()) {
      this.#stored(String(row['collection'])).restore(String(row['id']), String(row['value']))
    }
  }
}

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

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  try {
    database.exec(SCHEMA)
    return database
  } catch (error) {
    database.close()
    throw new Error(
      `The state ${file} cannot be opened. Stop the rehearsal that is using it, or choose another folder.`,
      { cause: error }
    )
  }
}

// Two simulated Azures on one state would overwrite each other, hence EXCLUSIVE; the lock dies with its process.
// NORMAL with WAL survives a killed process; only a power cut can lose the last writes of a rehearsal.
const SCHEMA = `
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS entries (collection TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS entry ON entries (collection, id);`

const WRITE = `INSERT INTO entries (collection, id, value) VALUES (?, ?, ?)
ON CONFLICT (collection, id) DO UPDATE SET value = excluded.value`

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
