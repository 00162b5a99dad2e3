import { join } from 'node:path'
import { allDelivered } from './recount/delivered.ts'
import { untrueIn } from './recount/recount.ts'
import { sourceIn } from './recount/source.ts'

// npm run recount -- DIR: holds the hand-off of a kept rehearsal against what lies in its stores and what its Azure was asked.

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  process.stderr.write('Which rehearsal? npm run recount -- DIR, as it was given to npm run rehearse -- --keep DIR.\n')
  process.exit(2)
}
const all = await allDelivered(sourceIn(join(folder, 'azure', 'azure.sqlite')))
const untrue = all.flatMap((each) => untrueIn(each))
for (const { id, records, journal } of all)
  say(`  ${id}: 47 rows counted anew from ${records.length} records and ${journal.length} calls`)
for (const each of untrue) say(`  ✗ ${each}`)
if (all.length === 0) say('  There is no hand-off in it.')
process.exitCode = all.length > 0 && untrue.length === 0 ? 0 : 1
