import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { JournalEntry } from '../azure/core/journal.ts'

/** A simulated Azure after the fact: all it was asked, and what lies in its stores. */
export interface Source {
  readonly journal: readonly JournalEntry[]
  /** The text of a blob; undefined where it is not there. `host`: of the account's blob service. */
  read(host: string, path: string): Promise<string | undefined>
}

interface AzureThere {
  readonly journal: { readonly entries: () => JournalEntry[] }
  readonly readBlob: (account: string, container: string, name: string) => Promise<Buffer | undefined>
}

/** One that still runs. */
export const sourceOf = ({ journal, readBlob }: AzureThere): Source => ({
  journal: journal.entries(),
  read: async (host, path) => {
    const [, container = '', ...rest] = decodeURIComponent(path).split('/')
    return (await readBlob(host.split('.')[0] ?? '', container, rest.join('/')))?.toString()
  }
})

const entryRow = z.object({ value: z.string() })
const blobRow = z.object({ id: z.string(), value: z.string() })
const written = z.looseObject({ method: z.string(), host: z.string(), path: z.string(), base64: z.string() })

/** One that `npm run rehearse -- --keep DIR` left behind: its file is read, and nothing is started. */
export function sourceIn(file: string): Source {
  const database = new DatabaseSync(file, { readOnly: true })
  const entries = database.prepare("SELECT value FROM entries WHERE collection = 'journal'").all()
  const puts = database.prepare("SELECT id, value FROM entries WHERE collection = 'blobJournal'").all()
  database.close()
  const blobs = new Map(
    puts.flatMap((each) => {
      const { method, host, path, base64 } = written.parse(JSON.parse(blobRow.parse(each).value))
      return method === 'PUT' ? [[`${host}${path}`, base64] as const] : []
    })
  )
  return {
    journal: entries
      .map((each) => JSON.parse(entryRow.parse(each).value) as JournalEntry) // as the simulated Azure wrote it
      .toSorted((one, other) => one.seq - other.seq),
    read: (host, path) => {
      const base64 = blobs.get(`${host}${path}`)
      return Promise.resolve(base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString())
    }
  }
}
