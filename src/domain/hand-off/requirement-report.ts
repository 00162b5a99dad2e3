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
import { sendTask } from '../tasks/mail-tasks.ts'
import { taskNames, type AnsweredTask } from '../tasks/tasks.ts'

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
    ...(answers.length === 0 ? {} : { task: namesOf(answers, 'task'), answeredBy: namesOf(answers, 'by') }),
    status: statusOf(facts, sources, evidence.length)
  }
}

/** `requirements` of a reference name the requirement of each record, in the batch's order. */
const evidenceIds = (batches: readonly EvidenceRef[], wanted: Requirement): string[] =>
  batches.flatMap(({ name, requirements }) =>
    requirements.flatMap((requirement, record) => (requirement === wanted ? [`${name}#${record}`] : []))
  )

function answersOf(facts: RequirementFacts, sources: RequirementSources): Pick<AnsweredTask, 'task' | 'by'>[] {
  const names = facts.tasks === undefined ? [] : tasksOf(facts.tasks, sources.plan)
  return [
    ...sources.tasks.filter(({ task }) => names.includes(task)),
    ...overridesOf(facts, sources).map(({ code, by }) => ({ task: taskNames.override(code), by }))
  ]
}

const overridesOf = ({ id, provedBy }: RequirementFacts, { overrides = [] }: RequirementSources): Override[] =>
  overrides.filter(({ requirement }) => requirement === (provedBy ?? id))

const namesOf = (answers: readonly Pick<AnsweredTask, 'task' | 'by'>[], key: 'task' | 'by'): string =>
  [...new Set(answers.map((answer) => answer[key]))].join(', ')

function statusOf(facts: RequirementFacts, sources: RequirementSources, found: number): RequirementStatus['status'] {
  if (!isAnswered(facts, sources)) return 'open'
  if (facts.servedBy === 'shown') return 'shown'
  if (facts.servedBy === 'person' || overridesOf(facts, sources).length > 0) return 'attested'
  if (facts.tasks === 'mails' && sources.plan.mail === 'person') return 'attested' // the app saw the mail, not its sending
  return found >= countOf(facts.per, sources.plan) ? 'proved' : 'open'
}

/** Microsoft's acknowledgement is welcome and never needed. */
const isAnswered = ({ tasks }: RequirementFacts, sources: RequirementSources): boolean =>
  tasks === undefined ||
  tasks === 'acknowledgement' ||
  tasksOf(tasks, sources.plan).every((name) => sources.tasks.some(({ task }) => task === name))

function tasksOf(family: TaskFamily, plan: Plan): string[] {
  switch (family) {
    case 'offers':
      return planWorkloads(plan).map(taskNames.offer)
    case 'approvals':
      return plan.slots.map(({ slot }) => taskNames.approve(slot))
    case 'attestations':
      return plan.slots.map(({ slot }) => taskNames.attestOffline(slot))
    case 'mails':
      return plan.mail === 'person' ? planWorkloads(plan).map((workload) => sendTask(workload)) : []
    case 'acknowledgement':
      return [taskNames.acknowledge]
  }
}

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
