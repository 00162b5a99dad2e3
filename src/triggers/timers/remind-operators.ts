import type { InvocationContext } from '@azure/functions'
import { orchestrators } from '../../contracts/orchestrations.ts'
import type { ReminderInput, OpenOnboarding } from '../../domain/mails/operator-letters.ts'
import { taskNamed } from '../../domain/tasks/task.ts'
import { neededTasks } from '../../domain/views/turn.ts'
import { familyOf, type Asked, type Family } from '../http/branches.ts'
import { orchestrationsOf } from '../durable-client.ts'
import { documentOf, replacedIn } from '../http/onboarding-document.ts'
import { reviveMails } from './revive-mails.ts'

/**
 * The timer's tick: starts one short orchestration, where any onboarding asks people for something or has found something. What
 * sends mails and has died is started anew.
 */
export async function remindOperators(steps: Omit<Asked, 'orchestrations'>, context: InvocationContext): Promise<void> {
  const orchestrations = orchestrationsOf(context)
  await reviveMails(orchestrations)
  const asked = { ...steps, orchestrations }
  const onboardings: OpenOnboarding[] = []
  for (const id of await steps.ledger.claimed()) {
    try {
      onboardings.push(...remindedOf(await familyOf(asked, id)))
    } catch (error) {
      context.error(`Onboarding ${id} could not be looked at; of the others people are told.`, error)
    }
  }
  if (onboardings.length === 0) return
  const input: ReminderInput = { onboardings }
  await orchestrations.start(orchestrators.operatorReminders.at(), input)
}

function remindedOf({ onboarding, branches }: Family): OpenOnboarding[] {
  if (onboarding.stands !== 'running') return []
  const { requestId, plan, planRef } = onboarding.input
  const replaced = replacedIn(onboarding, branches)
  const view = documentOf(onboarding, branches)
  const tasks = neededTasks(view).flatMap(({ name, since }) => {
    const task = taskNamed(name)
    return task ? [{ task, since }] : []
  })
  const findings = view.findings.map(({ check, code, requirement, resource, cause }) => ({
    check,
    code,
    requirement,
    resource,
    ...(cause !== undefined && { cause })
  }))
  return tasks.length + findings.length === 0
    ? []
    : [{ onboarding: requestId, plan: planRef, replaced, sla: plan.deployment.sla, standing: { tasks, findings } }]
}
