import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { DatabaseSync, type StatementSync } from 'node:sqlite'

/** What is remembered under one name of one collection; `json` is undefined where nothing is any more. */
export interface Entry {
  readonly collection: string
  readonly id: string
  readonly json: string | undefined
}

export interface EntriesFileOptions {
  /** Told once, when what is to be kept could not be written however often it was tried. */
  readonly onLost: (why: Error) => void
  /** Milliseconds between the tries, as many as are written down. */
  readonly pauses?: readonly number[]
}

/** Long enough for somebody who is told that the disk is full to make room. */
const usualPauses = [200, 400, 600, 800, 1000]

/**
 * One SQLite file of entries. What is put together, within one turn of the event loop, is written together, so that a kill
 * leaves all of a request's effects or none; `saved` says when it is on disk, before which nobody may be told of it.
 */
export class EntriesFile {
  readonly #file: string
  readonly #database: DatabaseSync
  readonly #statements: Readonly<Record<'begin' | 'commit' | 'write' | 'erase', StatementSync>>
  readonly #options: EntriesFileOptions
  #waiting: Entry[] = []
  #writing: Promise<void> | undefined
  #lost: Error | undefined

  /** @param database path of the SQLite file or `:memory:`, or a database that is open. */
  constructor(database: string | DatabaseSync, options: EntriesFileOptions) {
    this.#file = typeof database === 'string' ? database : 'the state'
    this.#options = options
    this.#database = open(database)
    this.#statements = {
      begin: this.#database.prepare('BEGIN'),
      commit: this.#database.prepare('COMMIT'),
      write: this.#database.prepare(write),
      erase: this.#database.prepare('DELETE FROM entries WHERE collection = ? AND id = ?')
    }
  }

  /** In the order of first insertion. */
  *all(): Generator<Required<Entry>> {
    for (const row of this.#database.prepare('SELECT collection, id, value FROM entries ORDER BY rowid').iterate())
      yield { collection: String(row['collection']), id: String(row['id']), json: String(row['value']) }
  }

  put(entry: Entry): void {
    this.#waiting.push(entry)
    this.saved().catch(() => undefined) // `onLost` hears of it
  }

  /** Resolves once all that was put so far is on disk; rejects when it never will be. */
  saved(): Promise<void> {
    if (this.#lost) return Promise.reject(this.#lost)
    if (this.#waiting.length === 0) return Promise.resolve()
    return (this.#writing ??= this.#writeSoon())
  }

  /** What could not be written by now is lost with nobody having heard of it. */
  close(): void {
    try {
      if (!this.#lost) this.#write()
    } catch (error) {
      throw this.#giveUp(error, 1)
    } finally {
      this.#lost ??= new Error(`${this.#file} is closed.`)
      this.#database.close()
    }
  }

  async #writeSoon(): Promise<void> {
    const { pauses = usualPauses } = this.#options
    for (let failures = 0; ; failures += 1) {
      await nextTurn()
      if (this.#waiting.length > 0 && this.#lost) throw this.#lost
      try {
        this.#write()
        return
      } catch (error) {
        const pause = pauses[failures]
        if (pause === undefined) throw this.#giveUp(error, pauses.length + 1)
        await sleep(pause)
      }
    }
  }

  #write(): void {
    const { begin, commit, write, erase } = this.#statements
    if (this.#waiting.length === 0) return
    try {
      begin.run()
      for (const { collection, id, json } of this.#waiting) {
        if (json === undefined) erase.run(collection, id)
        else write.run(collection, id, json)
      }
      commit.run()
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
    this.#waiting = []
    this.#writing = undefined
  }

  #giveUp(error: unknown, tries: number): Error {
    this.#lost = new Error(
      `The simulated Azure could not write ${this.#file} in ${countOf(tries)}: ${messageOf(error)}. ` +
        'Give it room on the disk, and give the same command again: nothing that it has acknowledged is lost.',
      { cause: error }
    )
    this.#options.onLost(this.#lost)
    return this.#lost
  }
}

const countOf = (tries: number): string => (tries === 1 ? 'one try' : `${String(tries)} tries`)

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function open(given: string | DatabaseSync): DatabaseSync {
  if (typeof given !== 'string') {
    given.exec(schema)
    return given
  }
  const database = new DatabaseSync(given)
  try {
    const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
    if (found !== 'ok') throw new Error(`it is damaged (${String(found).replaceAll('\n', ' ')})`)
    database.exec(schema)
    return database
  } catch (error) {
    database.close()
    throw new Error(`The state ${given} cannot be used: ${messageOf(error)}. ${remedyFor(error)}`, { cause: error })
  }
}

function remedyFor(error: unknown): string {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  if (code === SQLITE_BUSY) return 'Stop the rehearsal that is using it, or choose another folder.'
  if (code === SQLITE_FULL) return 'Give it room on the disk and try again.'
  return 'Put back the file that was there, or choose another folder.'
}

const SQLITE_BUSY = 5
const SQLITE_FULL = 13

// Two simulated Azures on one state would overwrite each other, hence EXCLUSIVE; the lock dies with its process.
// NORMAL with WAL survives a killed process; only a power cut can lose the last writes of a rehearsal.
const schema = `
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS entries (collection TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS entry ON entries (collection, id);`

const write = `INSERT INTO entries (collection, id, value) VALUES (?, ?, ?)
ON CONFLICT (collection, id) DO UPDATE SET value = excluded.value`
