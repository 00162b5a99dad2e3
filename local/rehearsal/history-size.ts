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
    const row = database.prepare(`
      SELECT (SELECT count(*) FROM instances) AS instances, count(*) AS events,
        coalesce(sum(length(CAST(event AS BLOB))), 0) AS bytes, coalesce(max(length(CAST(event AS BLOB))), 0) AS largest
      FROM history`).get()
    return {
      instances: Number(row?.['instances']),
      events: Number(row?.['events']),
      bytes: Number(row?.['bytes']),
      largestEventBytes: Number(row?.['largest'])
    }
  } finally {
    database.close()
  }
}
