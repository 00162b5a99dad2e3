import { DatabaseSync } from 'node:sqlite'
import { basename } from 'node:path'
import type { LyingBlob } from './stage/lying-blobs.ts'

interface Written {
  readonly host: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly base64: string
}

/**
 * What a later release goes on from, in the order in which it was written: the records, the ledger, and what the slots have kept
 * until vaults are made. No backup and no hand-off: they are long, and nothing goes on from them.
 *
 * @param azureFile state of the simulated Azure of a rehearsal that was kept: `DIR/azure/azure.sqlite`
 */
export function blobsLeftIn(azureFile: string): LyingBlob[] {
  const database = new DatabaseSync(azureFile)
  const rows = (collection: string) =>
    database.prepare('SELECT id, value AS json FROM entries WHERE collection = ? ORDER BY rowid').all(collection)
  const times = new Map(rows('blobTimes').map(({ id, json }) => [String(id), timeIn(String(json))]))
  const left = rows('blobJournal')
    .filter(({ id }) => String(id).endsWith(' content'))
    .map(({ json }) => blobOf(JSON.parse(String(json)) as Written, times))
    .filter(({ container, name }) => goesOn.includes(container) && !isLong(name))
    .toSorted((one, other) => one.at.localeCompare(other.at))
  database.close()
  const branches = left.findIndex(({ name }) => name.startsWith('branch.'))
  return left.filter(({ container }, index) => container !== 'evidence' || index < branches)
}

const goesOn = ['records', 'ledger', 'evidence']
const isLong = (name: string): boolean => name === '' || /^hand-off\./.test(basename(name))

const timeIn = (json: string): string => new Date((JSON.parse(json) as { created: number }).created).toISOString()

function blobOf({ host, path, headers, base64 }: Written, times: ReadonlyMap<string, string>): LyingBlob {
  const [account = ''] = host.split('.')
  const [container = '', ...parts] = path.slice(1).split('/').map(decodeURIComponent)
  const name = parts.join('/')
  const prefix = 'x-ms-meta-'
  const metadata = Object.entries(headers).flatMap(([key, value]) =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : []
  )
  return {
    account,
    container,
    name,
    at: times.get(`${account}/${container}/${name}`) ?? times.get(`${account}${path}`) ?? '',
    text: Buffer.from(base64, 'base64').toString('utf8'),
    ...(metadata.length > 0 && { metadata: Object.fromEntries(metadata) as Record<string, string> })
  }
}
