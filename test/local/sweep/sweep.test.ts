import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRequestFile } from '../../../local/rehearsal/request-file.ts'
import { markSteps } from '../../../local/sweep/mark-steps.ts'
import { pick } from '../../../local/sweep/pick.ts'
import { allCases, requestOf, sweepTogether, type SweptCase } from '../../../local/sweep/sweep.ts'
import { quickApproval, quietSettings } from '../../../local/sweep/quiet-settings.ts'
import { openStage, type Stage } from '../../../local/stage/stage.ts'

const base = readRequestFile('samples/one-workload.json')
const sampled = 30
const together = 10

let stage: Stage
let cases: readonly SweptCase[]
beforeAll(async () => {
  markSteps()
  stage = await openStage({ request: base, settings: quietSettings, microsoft: quickApproval })
  cases = await allCases(stage, requestOf(base, 0))
}, 120_000)
afterAll(() => stage.strike())

test('an onboarding makes dozens of distinct calls, and each meets ten kinds of faults in the whole sweep', () => {
  expect(cases.length).toBeGreaterThan(500)
  const swept = new Set(cases.map(({ call }) => `${call.service} ${call.operation}`))
  for (const call of [
    'keyvault keys.create',
    'email emails.send',
    'arm vaults.createOrUpdate',
    'arm features.register'
  ]) {
    expect(swept).toContain(call)
  }
})

// Ten at a time: the whole sweep (npm run sweep) gives each an onboarding of its own.
const chosen = Array.from({ length: sampled / together }, (_, index) => index)
test.each(chosen)(
  'thirty cases, ten in an onboarding: it completes, with nothing twice (%i)',
  async (index) => {
    const some = pick(cases, sampled, 1).slice(index * together, (index + 1) * together)
    expect(some).toHaveLength(together)
    const { faults, names } = await sweepTogether(stage, some, requestOf(base, index + 1))
    expect(faults, names.join('\n')).toEqual([])
  },
  120_000
)

test('every seed picks others, and enough of them pick all', () => {
  const items = Array.from({ length: 660 }, (_, index) => index)
  expect(new Set([1, 2].flatMap((seed) => pick(items, 60, seed))).size).toBe(120)
  expect(new Set(Array.from({ length: 11 }, (_, seed) => pick(items, 60, seed)).flat()).size).toBe(660)
})
