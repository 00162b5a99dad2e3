import { createWriteStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { readRequestFile } from './rehearsal/request-file.ts'
import { markSteps } from './sweep/mark-steps.ts'
import { pick } from './sweep/pick.ts'
import { allCases, requestOf, sweepTogether, type Swept, type SweptCase } from './sweep/sweep.ts'
import { openTheatre, quietSettings } from './sweep/theatre.ts'

// npm run sweep -- [--sample N] [--seed N] [--only TEXT] [--log FILE]
const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    /** A part of the names of the cases. */
    only: { type: 'string', default: '' },
    /** Where the host's log goes. */
    log: { type: 'string', default: '/dev/null' }
  }
})

const started = performance.now()
const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(0)} s`

markSteps()
const base = readRequestFile('samples/one-workload.json')
const log = createWriteStream(values.log)
const theatre = await openTheatre({
  request: base,
  settings: quietSettings,
  log: ({ level, source, message }) => log.write(`${level} [${source}] ${message}\n`)
})
try {
  const all = await allCases(theatre, requestOf(base, 0))
  const named = all.filter(({ call, kind }) => `${call.step} ${call.service} ${call.operation} ${kind.name}`.includes(values.only))
  const chosen = values.sample === undefined ? named : pick(named, Number(values.sample), Number(values.seed))
  tell(await sweepAll(chosen), all.length)
} finally {
  await theatre.close()
}
process.exit()

async function sweepAll(cases: readonly SweptCase[]): Promise<Swept[]> {
  const swept: Swept[] = []
  for (const [index, each] of cases.entries()) {
    const one = await sweepTogether(theatre, [each], requestOf(base, index + 1))
    swept.push(one)
    const mark = one.faults.length > 0 ? '✗' : one.met ? '✓' : '?'
    const cured = one.findings > 0 ? '  (paused with a finding, cured)' : ''
    say(`  ${mark} ${String(index + 1)}/${String(cases.length)}  ${one.names.join()}${cured}`)
    for (const fault of one.faults) say(`      ${fault}`)
  }
  return swept
}

function tell(swept: readonly Swept[], all: number): void {
  const bad = swept.filter(({ faults }) => faults.length > 0).length
  const paused = swept.filter(({ findings }) => findings > 0).length
  const unmet = swept.filter(({ met }) => !met).length
  say(`\n  ${String(swept.length)} of ${String(all)} cases in ${seconds()}: ${String(swept.length - bad)} ended as they must, ` +
    `${String(paused)} of them after a finding; ${String(bad)} did not; ${String(unmet)} faults were never met`)
  process.exitCode = bad === 0 ? 0 : 1
}
