import { checkOf, type ListedCheck } from '../src/domain/checks/all-checks.ts'
import { byCause, hiddenText, oneCure, type OneCause } from '../src/domain/terms/by-cause.ts'
import { lookAt } from '../src/domain/checks/look.ts'
import { overrideText } from '../src/domain/checks/override-text.ts'
import type { PlanAnswer } from '../src/domain/views/documents.ts'

type Finding = PlanAnswer['findings'][number]

/** One for each cause, with what it hides. */
export const findingsLines = (findings: readonly Finding[]): string[] =>
  byCause(findings).flatMap((cause) => [...findingLines(cause.finding), ...hiddenLines(cause)])

function hiddenLines(cause: OneCause<Finding>): string[] {
  const text = hiddenText(cause)
  return text === undefined ? [] : [`    ${text}`, `    ${oneCure}`]
}

/** What did not hold, what that means, what to do about it, and how to see it by hand. */
function findingLines(finding: Finding): string[] {
  const check = checkOf(finding)
  return [
    `  ✗ ${finding.code}  ${finding.resource}  ${finding.requirement}`,
    `    observed ${finding.observed}; expected ${finding.expected}`,
    ...(check ? [`    ${check.means}`] : []),
    `    ${finding.remedy}`,
    ...(check ? lookAt(check, finding.resource).map((command) => `    look: ${command}`) : [])
  ]
}

/** All that is known of a check without an onboarding, as `runbook` prints it. */
export const runbookLines = (check: ListedCheck): string[] => [
  `${check.code}  ${check.requirement}`,
  '',
  'What it means',
  `  ${check.means}`,
  '',
  'Check it by hand (put your own names for the words in capitals)',
  ...check.look.map((command) => `  ${command}`),
  '',
  'Cure it',
  ...check.findings().flatMap(({ where, cure }) => [`  Where ${where}:`, `    ${cure}`]),
  '',
  'Afterwards',
  `  ${check.afterwards}`,
  `  ${overrideText(check)}`
]
