import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joined, runChecks, type Check } from '../../../src/domain/checks/checks.ts'
import { aCall } from '../examples.ts'

interface Bound {
  readonly below: number
}

const isEven: Check<number, Bound> = {
  code: 'is-even',
  requirement: 'R7',
  on: 'step',
  expected: () => 'an even number',
  holds: (number) => number % 2 === 0,
  describe: (number) => `the number ${number}`,
  overridable: true,
  means: 'It has no half.',
  look: ['expr NUMBER % 2'],
  cure: (number) => `Add 1 to ${number}, then retry.`,
  afterwards: 'It has one.',
  broken: [{ observed: 1, expected: { below: 10 } }]
}
const isSmall: Check<number, Bound> = {
  ...isEven,
  code: 'is-small',
  expected: ({ below }) => `less than ${below}`,
  appliesTo: (number) => number > 0,
  holds: (number, { below }) => number < below,
  overridable: { only: 'Only what is nearly small', when: (number) => number < 20 }
}
const ten = { below: 10 }
const about = { resource: 'number', suffix: 'slot-1', at: '2026-11-23T17:00:00.000Z', call: aCall }

describe('running checks', () => {
  test('leaves one evidence for each, held or not, with the call that saw it', () => {
    expect(runChecks([isEven, isSmall], 11, ten, about).evidence).toEqual([
      {
        requirement: 'R7',
        check: 'is-even',
        resource: 'number',
        observed: 'the number 11',
        expected: 'an even number',
        held: false,
        at: about.at,
        call: aCall
      },
      expect.objectContaining({ check: 'is-small', expected: 'less than 10', held: false })
    ])
    expect(runChecks([isEven], 2, ten, about).evidence).toMatchObject([{ held: true }])
  })

  test('leaves a finding for each that does not hold, under a code of its own', () => {
    expect(runChecks([isEven, isSmall], 3, ten, about).findings).toEqual([
      {
        check: 'is-even',
        code: 'is-even-slot-1',
        requirement: 'R7',
        resource: 'number',
        observed: 'the number 3',
        expected: 'an even number',
        remedy: 'Add 1 to 3, then retry.',
        overridable: true
      }
    ])
  })

  test('may be gone on from where a check says so of what was observed', () => {
    const overridable = [11, 21].map((number) => runChecks([isSmall], number, ten, about).findings[0]?.overridable)
    expect(overridable).toEqual([true, false])
  })

  test('passes over a check that has nothing to look at', () => {
    expect(runChecks([isSmall], -3, ten, about)).toEqual({ evidence: [], findings: [] })
  })

  test('joins several runs in their order', () => {
    const results = joined([runChecks([isEven], 1, ten, about), runChecks([isEven], 2, ten, about)])
    expect(results.evidence.map(({ held }) => held)).toEqual([false, true])
    expect(results.findings).toHaveLength(1)
  })
})

test('a finding’s code is part of event names and paths: short, lower case, letters, digits and hyphens', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 90 }), (suffix) => {
      const [finding] = runChecks([isEven], 1, ten, { ...about, suffix }).findings
      expect(finding?.code).toMatch(/^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$/)
    })
  )
})
