import { DatabaseSync } from 'node:sqlite'

export interface HistorySize {
  readonly instances: number
  readonly events: number
  readonly bytes: number
  readonly largestEventBytes: number
}

/** How much history the whole tree of a rehearsal left in the host's state file. */
export function historySize(stateFile: string): HistorySize {
  const database = new DatabaseSync(stateFile, { readOnly: true })
  try {
    return historySizeIn(database)
  } finally {
    database.close()
  }
}

/** The same of a state that is open. One row holds a turn, an event a line. */
export function historySizeIn(database: DatabaseSync): HistorySize {
  const rows = database.prepare('SELECT event FROM history').all()
  const sizes = rows.flatMap((row) => String(row['event']).split('\n')).map((event) => Buffer.byteLength(event))
  return {
    instances: Number(database.prepare('SELECT count(*) AS count FROM instances').get()?.['count']),
    events: sizes.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    largestEventBytes: sizes.reduce((largest, size) => Math.max(largest, size), 0)
  }
}
