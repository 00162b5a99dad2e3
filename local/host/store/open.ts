import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { messageOf } from '../log.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS instances (
    id TEXT PRIMARY KEY,
    execution TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT,
    status TEXT NOT NULL,
    input TEXT,
    output TEXT,
    custom_status TEXT,
    parent_id TEXT,
    parent_execution TEXT,
    parent_task INTEGER,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS history (
    instance TEXT NOT NULL, seq INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (instance, seq)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    instance TEXT NOT NULL,
    execution TEXT,
    due INTEGER NOT NULL,
    ordered INTEGER NOT NULL,
    timer INTEGER,
    event TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS messages_of_instance ON messages (instance, due);
  CREATE INDEX IF NOT EXISTS messages_due ON messages (due);
  CREATE TABLE IF NOT EXISTS activities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    instance TEXT NOT NULL,
    execution TEXT NOT NULL,
    task INTEGER NOT NULL,
    name TEXT NOT NULL,
    input TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS timer_triggers (
    function TEXT PRIMARY KEY, schedule TEXT NOT NULL, last INTEGER, next INTEGER NOT NULL, updated INTEGER NOT NULL
  ) WITHOUT ROWID;
`

/** A state that is in no file: it is there as long as this object, whatever host runs on it. */
export function memoryDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  database.exec(schema)
  return database
}

/** As when somebody deletes the task hub: no instance is left. What timers have come to is kept elsewhere. For no live host. */
export function emptyHub(database: DatabaseSync): void {
  for (const table of ['instances', 'history', 'messages', 'activities']) database.exec(`DELETE FROM ${table}`)
}

/** Opens or creates the one state file: write-ahead log, and a sync to disk with every commit. */
export function openDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file)
  try {
    refuseDamaged(database)
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000')
    database.exec(schema)
    markBirth(database)
  } catch (error) {
    database.close()
    throw new Error(
      `The state file ${file} cannot be used: ${messageOf(error)}. Nothing in it was changed; give it room on the disk where that is full, or use another --state file.`
    )
  }
  return database
}

/** Made once with the file, and never again: whoever kept the mark can tell this state from a new one in its place. */
function markBirth(database: DatabaseSync): void {
  if (database.prepare('SELECT 1 FROM meta WHERE key = ?').get('born') === undefined)
    database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)').run('born', randomUUID())
}

/** Pages that are damaged inside would show weeks later, when what they hold is read. Some tenths of a second per 100 MB. */
function refuseDamaged(database: DatabaseSync): void {
  const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
  if (found !== 'ok') throw new Error(`it is damaged (${String(found).replaceAll('\n', ' ')})`)
}
