import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { pick } from '../../local/sweep/pick.ts'
import { checkNamed } from '../../src/domain/checks/all-checks.ts'
import {
  afterHandOff,
  makingRules,
  preflightRules,
  registrationRules,
  verificationRules
} from '../journeys/broken-rules.ts'

// Mutes one check after the other and plays the journey that breaks every rule: it must notice. A check that nobody would miss
// is a check that may be wrong for years.

const { values } = parseArgs({
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } }
})

const rules = [...preflightRules, ...registrationRules, ...makingRules, ...verificationRules, ...afterHandOff]
const codes = [...new Set(rules.flatMap(({ code }) => checkNamed(code)?.code ?? []))]
const chosen =
  values.only === undefined
    ? pick(codes, Number(values.sample ?? codes.length), Number(values.seed))
    : codes.filter((code) => code === values.only)

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const unmissed = chosen.filter((code, index) => {
  const wasMissed = isMissed(code)
  say(`  ${wasMissed ? '✓' : '✗'} ${String(index + 1)}/${String(chosen.length)}  ${code}`)
  return !wasMissed
})
say(
  `\n  ${String(chosen.length)} of ${String(codes.length)} checks muted, each alone: ` +
    (unmissed.length === 0 ? 'each was missed' : `nobody missed ${unmissed.join(', ')}`)
)
process.exitCode = unmissed.length === 0 ? 0 : 1

/** Whether the journey stops at what this check is to find. The sweeps of afterwards are one test. */
function isMissed(muted: string): boolean {
  const { error, status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', 'test/journeys/every-requirement.test.ts', '--bail', '1', '--no-color'],
    { env: { ...process.env, CKEY_MUTED: muted, CKEY_TEST_PATIENCE_MS: '5000' }, encoding: 'utf8' }
  )
  if (error) throw error
  const failed = stdout.split('\n').find((line) => line.trimStart().startsWith('×')) ?? ''
  const isOfIt = failed.includes(`: ${muted}-`) || failed.includes('each sweep tells')
  if (status !== 0 && !isOfIt) say(`    stopped elsewhere: ${failed.trim()}`)
  return status !== 0 && isOfIt
}
