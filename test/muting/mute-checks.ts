import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { pick } from '../../local/sweep/pick.ts'
import { brokenElsewhere } from './broken-elsewhere.ts'
import { mutedChecks, titlesOf } from './muted-checks.ts'
import { mutingPage, wholePage, withLine, type Run } from './page.ts'

// Mutes one check after the other and plays the journey that breaks every rule, or the test that is named for the check: it must
// notice. A check that nobody would miss is a check that may be wrong for years. A whole run is put on record, and one check by
// its name.

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    elsewhere: { type: 'boolean', default: false }
  }
})

const journey = 'test/journeys/every-requirement.test.ts'
const elsewhere = Object.keys(brokenElsewhere).filter((code) => brokenElsewhere[code]?.test !== undefined)
/** Those whose test is pure: a sample of the others would take minutes. */
const quick = elsewhere.filter((code) => brokenElsewhere[code]?.test?.startsWith('test/domain/'))
const named = [...elsewhere, ...mutedChecks].filter((code) => values.only?.split(',').includes(code))
const all = values.elsewhere ? (values.sample === undefined ? elsewhere : quick) : mutedChecks
const chosen = values.only === undefined ? pick(all, Number(values.sample ?? all.length), Number(values.seed)) : named

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const started = performance.now()
const sound = new Map<string, boolean>()
const unmissed = chosen.filter((code, index) => {
  const test = brokenElsewhere[code]?.test
  const wasMissed = test === undefined ? isMissed(code) : isMissedBy(test, code)
  say(`  ${wasMissed ? '✓' : '✗'} ${String(index + 1)}/${String(chosen.length)}  ${code}`)
  if (test !== undefined && values.sample === undefined) recordOne(code, wasMissed)
  return !wasMissed
})
say(
  `\n  ${String(chosen.length)} of ${String(elsewhere.length + mutedChecks.length)} checks muted, each alone: ` +
    (unmissed.length === 0 ? 'each was missed' : `nobody missed ${unmissed.join(', ')}`)
)
record()
process.exitCode = unmissed.length === 0 ? 0 : 1

/** Whether the journey stops at what this check is to find. The sweeps of afterwards are one test. */
function isMissed(muted: string): boolean {
  const { status, failed } = play(journey, muted)
  const isOfIt = [...titlesOf(muted), 'each sweep tells'].some((title) => failed.includes(title))
  if (status !== 0 && !isOfIt) say(`    stopped elsewhere: ${failed}`)
  return status !== 0 && isOfIt
}

/** Whether a test that passes, with nothing muted, fails without this check. */
function isMissedBy(test: string, muted: string): boolean {
  const passes = sound.get(test) ?? play(test, '').status === 0
  sound.set(test, passes)
  if (!passes) say(`    ${test} fails with every check in it`)
  const { status, failed } = play(test, muted)
  if (status !== 0) say(`    ${failed}`)
  return passes && status !== 0 && failed !== ''
}

function play(test: string, muted: string) {
  const { error, status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', test, '--bail', '1', '--no-color'],
    { env: { ...process.env, CKEY_MUTED: muted }, encoding: 'utf8' }
  )
  if (error) throw error
  return { status, failed: (stdout.split('\n').find((line) => line.trimStart().startsWith('×')) ?? '').trim() }
}

function runNow(): Run {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  return { day: new Date().toISOString().slice(0, 10), commit }
}

function recordOne(code: string, wasMissed: boolean): void {
  writeFileSync(mutingPage, withLine(readFileSync(mutingPage, 'utf8'), code, wasMissed, runNow()))
}

function record(): void {
  if (values.elsewhere) return
  const minutes = Math.round((performance.now() - started) / 60_000)
  if (chosen.length === mutedChecks.length)
    writeFileSync(mutingPage, wholePage({ ...runNow(), minutes, unmissed }, readFileSync(mutingPage, 'utf8')))
  else if (values.only !== undefined) for (const code of chosen) recordOne(code, !unmissed.includes(code))
}
