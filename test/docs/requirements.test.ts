import { expect, test } from 'vitest'
import { allChecks } from '../../src/domain/checks/all-checks.ts'
import { requirementTable } from '../../src/domain/requirements/requirement-table.ts'
import { makingRules, preflightRules, registrationRules, verificationRules } from '../journeys/broken-rules.ts'
import { brokenElsewhere } from '../muting/broken-elsewhere.ts'

/** What the app composes itself and Azure cannot break; what it says, the tests of the domain break. */
const composed = new Set(['R21', 'R23', 'R24', 'R46'])

test('every rule that evidence proves is broken in the simulated Azure and cured', () => {
  const rules = [...preflightRules, ...registrationRules, ...makingRules, ...verificationRules]
  const isBroken = (check: string): boolean => rules.some(({ code }) => code.startsWith(`${check}-`))
  const unbroken = requirementTable.filter(
    ({ id, proofs }) =>
      proofs.length > 0 &&
      !proofs.some(({ checks }) => checks.some(isBroken)) &&
      !rules.some((rule) => rule.requirement === id)
  )
  expect(unbroken.map(({ id }) => id).filter((id) => !composed.has(id))).toEqual([])
})

test('every check is broken by a journey, or named with the reason why none does', () => {
  const broken = [...preflightRules, ...registrationRules, ...makingRules, ...verificationRules].flatMap(
    ({ code, also = '' }) => [code, also]
  )
  const unbroken = allChecks
    .map(({ code }) => code)
    .filter((code) => !broken.some((each) => each.startsWith(`${code}-`)))
  expect(unbroken.toSorted()).toEqual(Object.keys(brokenElsewhere).toSorted())
})
