import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseEvent } from './host/durable/history-json.ts'
import { Store } from './host/store/store.ts'
import { blobsLeftIn } from './released-blobs.ts'

// Run at each release: keeps what orchestrations of this version left behind, histories and ledger, so that every later version
// can be held against it (test/replay). `npm run rehearse -- --keep DIR …` makes the state it reads.
const [stateFile, name] = process.argv.slice(2)
if (stateFile === undefined || name === undefined) {
  process.stderr.write('Usage: npm run histories -- DIR/host.sqlite NAME, e.g. NAME sla-breach\n')
  process.exit(2)
}
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string
}
const database = new DatabaseSync(stateFile, { readOnly: true })
const store = new Store(database)
const histories = store
  .instances({ limit: 10_000 })
  .filter(firstOfItsName())
  .map((instance) => ({ instance, history: store.history(instance.id).map(parseEvent) }))
database.close()
keep('histories', histories)
keep('ledgers', blobsLeftIn(join(dirname(stateFile), 'azure', 'azure.sqlite')))

function keep(kind: 'histories' | 'ledgers', rows: readonly object[]): void {
  const folder = join(import.meta.dirname, '../test/replay', kind, version)
  mkdirSync(folder, { recursive: true })
  const text = `[\n${rows.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`
  writeFileSync(join(folder, `${String(name)}.json`), text, { flag: 'wx' })
  process.stdout.write(`${String(rows.length)} rows in test/replay/${kind}/${version}/${String(name)}.json\n`)
}

/** A sweep every ten minutes tells nothing that the first did not; children are told apart by their ids. */
function firstOfItsName(): (instance: { id: string; name: string }) => boolean {
  const seen = new Set<string>()
  return ({ name: kind }) => kind === 'vault-set-up' || (!seen.has(kind) && Boolean(seen.add(kind)))
}
