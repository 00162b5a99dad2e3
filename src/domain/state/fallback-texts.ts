import type { Plan } from '../plan/plan.ts'
import { askedOf, kindOf } from '../tasks/task-kinds.ts'
import { isOf, type Task, type TaskKind } from '../tasks/task.ts'
import type { Finding } from '../terms/evidence.ts'
import type { StatusFinding } from './status.ts'

/**
 * What is said of a task whose own texts stand in no status: a way on stands with its finding, any other found no room. Who
 * may answer is known by the plan; what it is by its kind.
 */
export function questionTexts(
  task: Task,
  findings: readonly StatusFinding[],
  plan: Plan
): { for: string; asks: string } {
  if (!isOf(task, 'retry', 'override', 'mend')) return { for: readerOf(task, plan), asks: `${titleOf(task)}.` }
  const { mend = titleOf(task) } = findings.find(({ code }) => code === task.code) ?? {}
  return { for: readerOf(task, plan), asks: askedOf(task, { mend }) }
}

const readerOf = <K extends TaskKind>(task: Task<K>, plan: Plan): string => kindOf(task).whom.reads(task, plan)

const titleOf = <K extends TaskKind>(task: Task<K>): string => kindOf(task).form.title(task)

/** The same of a finding: its code, resource and ways on are always there. */
export const findingTexts = ({
  ways
}: StatusFinding): Omit<Finding, 'check' | 'code' | 'requirement' | 'resource'> => ({
  observed: 'more stands open than can be shown at once: what was seen here is in the evidence',
  expected: 'what the requirement says',
  remedy: 'Read the evidence of this resource, mend what it names, then retry.',
  overridable: ways.override !== undefined
})
