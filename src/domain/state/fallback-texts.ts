import { partyName } from '../people/parties.ts'
import type { Plan } from '../plan/plan.ts'
import { taskForm } from '../tasks/task-forms.ts'
import { operatorsAsked } from '../tasks/task-rules.ts'
import { taskName, type Task } from '../tasks/task.ts'
import type { Finding } from '../terms/evidence.ts'
import type { StatusFinding } from './status.ts'
import { wayTexts } from './ways-on.ts'

/** What is said of a task whose own texts found no room in the status: who may answer, by the plan, and what it is. */
export function questionTexts(
  task: Task,
  findings: readonly StatusFinding[],
  plan: Plan
): { readonly for: string; readonly asks: string } {
  if (task.kind === 'retry' || task.kind === 'override' || task.kind === 'mend')
    return wayTexts(
      task,
      findings.find(({ code }) => code === task.code)
    )
  const name = taskName(task)
  return { for: operatorsAsked(plan, name).map(partyName).join(', '), asks: `${taskForm(name)?.title ?? name}.` }
}

/** The same of a finding: its code, resource and ways on are always there. */
export const findingTexts = ({ ways }: StatusFinding): Omit<Finding, 'code' | 'requirement' | 'resource'> => ({
  observed: 'more stands open than can be shown at once: what was seen here is in the evidence',
  expected: 'what the requirement says',
  remedy: 'Read the evidence of this resource, mend what it names, then retry.',
  overridable: ways.override !== undefined
})
