import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { pick } from '../../local/sweep/pick.ts'
import { mutedChecks, titlesOf } from './muted-checks.ts'
import { mutingPage, wholePage, withLine, type Run } from './page.ts'

// Mutes one check after the other and plays the journey that breaks every rule: it must notice. A check that nobody would miss
// is a check that may be wrong for years. A whole run, or one check by its name, is put on record.

const { values } = parseArgs({
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } }
})

const chosen =
  values.only === undefined
    ? pick(mutedChecks, Number(values.sample ?? mutedChecks.length), Number(values.seed))
    : mutedChecks.filter((code) => code === values.only)

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const started = performance.now()
const unmissed = chosen.filter((code, index) => {
  const wasMissed = isMissed(code)
  say(`  ${wasMissed ? '✓' : '✗'} ${String(index + 1)}/${String(chosen.length)}  ${code}`)
  return !wasMissed
})
say(
  `\n  ${String(chosen.length)} of ${String(mutedChecks.length)} checks muted, each alone: ` +
    (unmissed.length === 0 ? 'each was missed' : `nobody missed ${unmissed.join(', ')}`)
)
record()
process.exitCode = unmissed.length === 0 ? 0 : 1

/** Whether the journey stops at what this check is to find. The sweeps of afterwards are one test. */
function isMissed(muted: string): boolean {
  const { error, status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', 'test/journeys/every-requirement.test.ts', '--bail', '1', '--no-color'],
    { env: { ...process.env, CKEY_MUTED: muted }, encoding: 'utf8' }
  )
  if (error) throw error
  const failed = stdout.split('\n').find((line) => line.trimStart().startsWith('×')) ?? ''
  const isOfIt = [...titlesOf(muted), 'each sweep tells'].some((title) => failed.includes(title))
  if (status !== 0 && !isOfIt) say(`    stopped elsewhere: ${failed.trim()}`)
  return status !== 0 && isOfIt
}

function record(): void {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const run: Run = { day: new Date().toISOString().slice(0, 10), commit }
  const minutes = Math.round((performance.now() - started) / 60_000)
  if (chosen.length === mutedChecks.length) writeFileSync(mutingPage, wholePage({ ...run, minutes, unmissed }))
  else if (values.only !== undefined)
    writeFileSync(
      mutingPage,
      chosen.reduce(
        (page, code) => withLine(page, code, !unmissed.includes(code), run),
        readFileSync(mutingPage, 'utf8')
      )
    )
}
