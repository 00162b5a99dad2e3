import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const COMMITS = 400
/** About the size of a row of history. */
const ROW = 'x'.repeat(250)

/** Commits a second, of one row each, as durable as the host's own: what the disk and SQLite allow at most. */
export function bareCommits(): number {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const database = new DatabaseSync(join(folder, 'bare.db'))
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (row TEXT)')
    const insert = database.prepare('INSERT INTO rows VALUES (?)')
    const began = performance.now()
    for (let commit = 0; commit < COMMITS; commit += 1) insert.run(ROW)
    return (COMMITS / (performance.now() - began)) * 1000
  } finally {
    database.close()
    rmSync(folder, { recursive: true })
  }
}
