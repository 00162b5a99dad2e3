import type { RequirementFacts, Seen, TaskFamily } from '../../src/domain/requirements/requirement-facts.ts'
import { requirementTable } from '../../src/domain/requirements/requirement-table.ts'
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
  return [
    facts.shown ? 'shown to those who approve' : '',
    ...facts.proofs.map(({ checks, seen, only }) => `${coded(checks)} ${whenOf[seen]}${onlyOf[only ?? 'always']}`),
    facts.heard === undefined || facts.shown ? '' : `answered ${tasksOf(facts.heard)}`,
    facts.stated === undefined ? '' : `attested by ${tasksOf(facts.stated)}`,
    facts.besides ?? ''
  ]
    .filter((part) => part !== '')
    .join('; ')
}

const tasksOf = (family: TaskFamily): string =>
  coded(Object.values(taskKinds).flatMap(({ kind, proves }) => (proves?.family === family ? [kind] : [])))

const whenOf: Readonly<Record<Seen, string>> = {
  verification: 'before the hand-off',
  mail: 'as each mail is handed over',
  'before-mail': 'before the first mail',
  wait: 'when Microsoft has answered'
}

const onlyOf = { always: '', rbac: ' (under Azure RBAC)', immutable: ' (where the store keeps immutability)' }

const coded = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')
