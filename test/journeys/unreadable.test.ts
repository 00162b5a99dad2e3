import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { readRequestFile } from '../../local/rehearsal/request-file.ts'
import { openStage, type Stage } from '../../local/stage/stage.ts'
import { markSteps, stepHeader } from '../../local/sweep/mark-steps.ts'
import { onboard } from '../../local/sweep/onboard.ts'
import { quickApproval, quietSettings } from '../../local/sweep/quiet-settings.ts'
import { requestOf } from '../../local/sweep/sweep.ts'
import { answers } from '../../src/azure/answers/answers.ts'
import { wholeMisfits } from '../azure/misfits.ts'

const base = readRequestFile('samples/one-workload.json')
const chosen = new Set(['{}', 'null', 'a list', 'a list that is an object'])
const misfits = wholeMisfits.filter(([what]) => chosen.has(what))

let stage: Stage
beforeAll(async () => {
  markSteps()
  stage = await openStage({ request: base, settings: quietSettings, microsoft: quickApproval })
}, 120_000)
afterEach(() => stage.azure.faults.clear())
afterAll(() => stage.strike())

const services = ['arm', 'graph', 'keyvault', 'email', 'storage'] as const

test.each(services.map((service, index) => [service, index] as const))(
  // Event Grid stops nobody: what it says is a finding of events. Whoever cannot read the ledger ends, and the next goes on;
  // the third time within an hour a person says so. Whose word cannot be weighed is refused, and says it again. So many
  // findings make so many mails that the mail service throttles.
  'whatever %s answers in place of its answers ends in findings that a retry goes on from, and never in a pass',
  async (service, index) => {
    const met = new Set<string>()
    for (const operation of Object.keys(answers))
      for (const [what, says] of misfits)
        stage.azure.faults.add({
          service,
          operation,
          kind: 'answer',
          says: (answer) => {
            met.add(`${operation} ${what}`)
            return says(answer)
          },
          times: 1,
          fits: ({ headers }) => headers[stepHeader] !== undefined
        })
    const ran = await onboard(stage, requestOf(base, index + 1), () => undefined)
    expect({ end: ran.end, tooMany: ran.tooMany }, JSON.stringify(ran.last)).toEqual({ end: 'completed', tooMany: [] })
    expect(met.size).toBeGreaterThan(misfits.length - 1)
    expect(ran.findings.length).toBeGreaterThan(0)
    expect(
      ran.findings.filter(
        ({ code }) =>
          !/^(unreadable-|refused-|stopped-|unreachable-mail$|events-(topic|refused|subscribed)-)/.test(code)
      )
    ).toEqual([])
    expect(stage.lines.filter(({ message }) => /Cannot read prop/.test(message))).toEqual([])
  },
  200_000
)
