import { replacedAlias } from '../plan/deployment.ts'
import { planWorkloads } from '../plan/plan-workloads.ts'
import type { EvidenceRef, Override, Requirement } from '../terms/evidence.ts'
import type { Plan } from '../plan/plan.ts'
import {
  requirementTable,
  type EvidenceScope,
  type RequirementFacts,
  type RequirementKind,
  type TaskFamily
} from '../requirements/requirement-table.ts'
import type { AnsweredTask } from '../tasks/said.ts'
import { sameTask, taskName, type Task } from '../tasks/task.ts'
import { taskKinds } from '../tasks/task-kinds.ts'

/** How one requirement of Microsoft's article stands. */
export interface RequirementStatus {
  readonly id: Requirement
  readonly title: string
  readonly kind: RequirementKind
  /** Ids `{batch}#{record}`, records counted from 0. */
  readonly evidence: readonly string[]
  /** The tasks that answer it, e.g. `approve-slot-1, approve-slot-2`. */
  readonly task?: string
  /** Who answered them. */
  readonly answeredBy?: string
  /** `attested`: a person stands for it, by a task's answer or an override. `shown`: both approvers had it in view. */
  readonly status: 'proved' | 'attested' | 'shown' | 'open'
}

export interface RequirementSources {
  readonly plan: Plan
  readonly evidence: readonly EvidenceRef[]
  readonly tasks: readonly AnsweredTask[]
  readonly overrides?: readonly Override[]
}

/** One row for each of R1 to R47, in the article's order. */
export const requirementReport = (sources: RequirementSources): RequirementStatus[] =>
  requirementTable.map((facts) => rowOf(facts, sources))

export type RequirementCounts = Readonly<Record<RequirementStatus['status'], number>>

export function requirementCounts(report: readonly RequirementStatus[]): RequirementCounts {
  const count = (status: RequirementStatus['status']): number => report.filter((row) => row.status === status).length
  return { proved: count('proved'), attested: count('attested'), shown: count('shown'), open: count('open') }
}

function rowOf(facts: RequirementFacts, sources: RequirementSources): RequirementStatus {
  const evidence = facts.servedBy === 'app' ? evidenceIds(sources.evidence, facts.provedBy ?? facts.id) : []
  const answers = answersOf(facts, sources)
  const { id, kind } = facts
  const title = (sources.plan.purpose === 'test' ? facts.titleOfTest : undefined) ?? facts.title
  return {
    id,
    title,
    kind,
    evidence,
    ...(answers.length === 0
      ? {}
      : {
          task: listOfAll(answers.map(({ task }) => taskName(task))),
          answeredBy: listOfAll(answers.map(({ by }) => by))
        }),
    status: statusOf(facts, sources, evidence.length)
  }
}

/** `requirements` of a reference name the requirement of each record, in the batch's order. */
const evidenceIds = (batches: readonly EvidenceRef[], wanted: Requirement): string[] =>
  batches.flatMap(({ name, requirements }) =>
    requirements.flatMap((requirement, record) => (requirement === wanted ? [`${name}#${record}`] : []))
  )

function answersOf(facts: RequirementFacts, sources: RequirementSources): Pick<AnsweredTask, 'task' | 'by'>[] {
  const asked = [
    ...(facts.tasks === undefined ? [] : tasksOf(facts.tasks, sources.plan)),
    ...(isMailedElsewhere(facts, sources) ? tasksOf('approvals', sources.plan) : [])
  ]
  return [
    ...sources.tasks.filter(({ task }) => asked.some((each) => sameTask(each, task))),
    ...overridesOf(facts, sources).map(({ code, by }) => ({ task: { kind: 'override', code } as const, by }))
  ]
}

const overridesOf = ({ id, provedBy }: RequirementFacts, { overrides = [] }: RequirementSources): Override[] =>
  overrides.filter(({ requirement }) => requirement === (provedBy ?? id))

const listOfAll = (texts: readonly string[]): string => [...new Set(texts)].join(', ')

function statusOf(facts: RequirementFacts, sources: RequirementSources, found: number): RequirementStatus['status'] {
  if (!isAnswered(facts, sources)) return 'open'
  if (facts.servedBy === 'shown') return 'shown'
  if (facts.servedBy === 'person' || overridesOf(facts, sources).length > 0) return 'attested'
  if (isMailedElsewhere(facts, sources)) return 'attested'
  if (facts.tasks === 'mails' && sources.plan.mail === 'person') return 'attested' // the app saw the mail, not its sending
  return found >= countOf(facts.per, sources.plan) ? 'proved' : 'open'
}

/** A recipient in the place of Microsoft's alias: those who approved the plan that says so stand for it (R22). */
const isMailedElsewhere = ({ id }: RequirementFacts, { plan }: RequirementSources): boolean =>
  id === 'R22' && planWorkloads(plan).some((workload) => replacedAlias(plan, workload) !== undefined)

/** What nothing waits for is welcome and never needed: Microsoft's acknowledgement. */
const isAnswered = ({ tasks }: RequirementFacts, sources: RequirementSources): boolean =>
  tasks === undefined ||
  tasksOf(tasks, sources.plan)
    .filter(({ kind }) => !taskKinds[kind].optional)
    .every((asked) => sources.tasks.some(({ task }) => sameTask(task, asked)))

/** The tasks of a family that a plan has, as their kinds say. */
const tasksOf = (family: TaskFamily, plan: Plan): Task[] =>
  Object.values(taskKinds).flatMap(({ proves }): readonly Task[] =>
    proves?.family === family ? proves.expected(plan) : []
  )

function countOf(scope: EvidenceScope | undefined, plan: Plan): number {
  switch (scope) {
    case 'slot':
      return plan.slots.length
    case 'workload':
      return planWorkloads(plan).length
    case 'vault':
      return plan.policies.length * plan.slots.length
    case 'tenant':
    case undefined:
      return 1
  }
}
