import { allChecks } from '../../src/domain/checks/all-checks.ts'
import { requirementTable, type RequirementFacts } from '../../src/domain/requirements/requirement-table.ts'
import { taskKinds } from '../../src/domain/tasks/task-kinds.ts'

/** How each requirement of Microsoft's article is served, as the app itself reports it. */
export const requirementsTable = (): string =>
  [
    '| | requirement | served by |',
    '|---|---|---|',
    ...requirementTable.map((facts) => `| ${facts.id} | ${titleOf(facts)} | ${servedBy(facts)} |`)
  ].join('\n')

const titleOf = ({ title, titleOfTest }: RequirementFacts): string =>
  titleOfTest === undefined ? title : `${title} (of a test: ${titleOfTest})`

function servedBy(facts: RequirementFacts): string {
  const checks = coded(
    allChecks.filter(({ requirement, on }) => requirement === facts.id && on !== 'step').map(({ code }) => code)
  )
  const tasks = coded(
    Object.values(taskKinds).flatMap(({ kind, proves }) => (proves?.family === facts.tasks ? [kind] : []))
  )
  return [
    facts.servedBy === 'shown' ? 'shown to those who approve' : '',
    facts.provedBy === undefined ? '' : `evidence of ${facts.provedBy}`,
    checks,
    tasks === '' || facts.tasks === undefined || facts.servedBy === 'shown' ? '' : `attested by ${tasks}`,
    facts.besides ?? ''
  ]
    .filter((part) => part !== '')
    .join('; ')
}

const coded = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')
