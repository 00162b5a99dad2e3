import { checkNamed } from '../../src/domain/checks/all-checks.ts'
import {
  afterHandOff,
  makingRules,
  preflightRules,
  registrationRules,
  verificationRules
} from '../journeys/broken-rules.ts'

const rules = [...preflightRules, ...registrationRules, ...makingRules, ...verificationRules, ...afterHandOff]

/** Checks that the journey through every rule breaks. */
export const mutedChecks: readonly string[] = [
  ...new Set(rules.flatMap(({ code, also }) => [code, also ?? code].flatMap((each) => checkNamed(each)?.code ?? [])))
]

/** Titles of the tests in which a check is missed: its own, or one that finds it beside another. */
export const titlesOf = (check: string): readonly string[] =>
  rules.flatMap(({ requirement, code, also }) =>
    [code, also].some((each) => each?.startsWith(`${check}-`)) ? [`${requirement}: ${code}`] : []
  )
