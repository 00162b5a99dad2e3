import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byCause, causesFirst, hiddenText, isOfOneCause } from '../../../src/domain/terms/by-cause.ts'

const some = fc.array(
  fc.record(
    {
      code: fc.constantFrom('a', 'b', 'c', 'd'),
      resource: fc.constantFrom('one', 'two'),
      cause: fc.constantFrom('subscription s is not enabled', 'slot-1 lacks a role', undefined)
    },
    { requiredKeys: ['code', 'resource'] }
  )
)
const sorted = (all: readonly object[]): string[] => all.map((each) => JSON.stringify(each)).toSorted()

test('nothing is lost or invented by folding, whatever is folded', () => {
  fc.assert(
    fc.property(some, (findings) => {
      const folded = byCause(findings)
      expect(sorted(folded.flatMap(({ finding, others }) => [finding, ...others]))).toEqual(sorted(findings))
      expect(sorted(causesFirst(findings))).toEqual(sorted(findings))
    })
  )
})

test('what is folded is of one cause, and no two that are shown are', () => {
  fc.assert(
    fc.property(some, (findings) => {
      const folded = byCause(findings)
      for (const { finding, others } of folded) expect(others.every((each) => isOfOneCause(finding, each))).toBe(true)
      for (const [index, { finding }] of folded.entries())
        expect(folded.slice(index + 1).some((each) => isOfOneCause(finding, each.finding))).toBe(false)
      expect(causesFirst(findings).slice(0, folded.length)).toEqual(folded.map(({ finding }) => finding))
    })
  )
})

test('findings that name no cause are folded only where they are the same one', () => {
  const one = { code: 'a', resource: 'one' }
  expect(byCause([one, { ...one, resource: 'two' }, { ...one, code: 'b' }, one])).toMatchObject([
    { finding: one, others: [one] },
    { others: [] },
    { others: [] }
  ])
})

test('what a finding hides is counted, and the first of it named', () => {
  const cause = 'subscription s is not enabled'
  const [folded] = byCause(['a', 'b', 'c'].map((code) => ({ code, resource: code, cause })))
  expect(folded && hiddenText(folded, 1)).toBe(`and 2 more of the same cause (${cause}): b, …`)
  expect(hiddenText({ finding: { code: 'a', resource: 'a' }, others: [] })).toBeUndefined()
})
