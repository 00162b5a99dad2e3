import { createWriteStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { readRequestFile } from './rehearsal/request-file.ts'
import { markSteps } from './sweep/mark-steps.ts'
import { pick } from './sweep/pick.ts'
import { allCases, requestOf, runsOfStage, sweepTogether, type Swept, type SweptCase } from './sweep/sweep.ts'
import { quickApproval, quietSettings } from './sweep/quiet-settings.ts'
import { openStage } from './stage/stage.ts'

// npm run sweep -- [--sample N] [--seed N] [--together N] [--only TEXT] [--log FILE]
const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    /** How many cases one onboarding meets: more is quicker, and says less about which of them it was. */
    together: { type: 'string', default: '1' },
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
const open = () =>
  openStage({
    microsoft: quickApproval,
    request: base,
    settings: quietSettings,
    log: ({ level, source, message }) => log.write(`${level} [${source}] ${message}\n`)
  })
let stage = await open()
try {
  const all = await allCases(stage, requestOf(base, 0))
  const named = all.filter(({ call, kind }) =>
    `${call.step} ${call.service} ${call.operation} ${kind.name}`.includes(values.only)
  )
  const chosen = pick(named, Number(values.sample ?? named.length), Number(values.seed))
  tell(await sweepAll(chosen, Number(values.together)), { all: all.length, chosen: chosen.length })
} finally {
  await stage.strike()
}
process.exit()

async function sweepAll(cases: readonly SweptCase[], together: number): Promise<Swept[]> {
  const swept: Swept[] = []
  for (let from = 0; from < cases.length; from += together) {
    const run = swept.length + 1
    if (run % runsOfStage === 0) {
      await stage.strike()
      stage = await open()
    }
    const one = await sweepTogether(stage, cases.slice(from, from + together), requestOf(base, run))
    swept.push(one)
    const mark = one.faults.length > 0 ? '✗' : one.met ? '✓' : '?'
    const cured = one.findings > 0 ? '  (paused with a finding, cured)' : ''
    say(
      `  ${mark} ${String(Math.min(from + together, cases.length))}/${String(cases.length)}  ${one.names.join('\n      ')}${cured}`
    )
    for (const fault of one.faults) say(`      ${fault}`)
  }
  return swept
}

function tell(swept: readonly Swept[], { all, chosen }: { all: number; chosen: number }): void {
  const bad = swept.filter(({ faults }) => faults.length > 0).length
  const paused = swept.filter(({ findings }) => findings > 0).length
  const unmet = swept.filter(({ met }) => !met).length
  say(
    `\n  ${String(chosen)} of ${String(all)} cases in ${String(swept.length)} onboardings and ${seconds()}: ` +
      `${String(swept.length - bad)} onboardings ended as they must, ${String(paused)} of them after a finding; ` +
      `${String(bad)} did not; in ${String(unmet)} some fault was never met`
  )
  process.exitCode = bad === 0 ? 0 : 1
}
