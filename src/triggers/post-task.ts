import type { OnboardingInput } from '../domain/onboarding.ts'
import type { OpenTask } from '../domain/progress.ts'
import { approvalFaults, whyNotBy } from '../domain/task-rules.ts'
import { taskFaults } from '../domain/tasks.ts'
import { cancelled } from '../names.ts'
import { familyOf, type Family } from './branches.ts'
import { json, readJson, refusal, route, type Visit } from './http.ts'
import { statusOf } from './onboarding-document.ts'

/** `POST /api/onboardings/{id}/tasks/{task}`: a person's answer. 202: it was handed to the orchestration that waits. */
export const postTask = route(async (visit) => {
  const { params } = visit.request
  const { id = '', task = '' } = params
  const family = await familyOf(visit.orchestrations, id)
  const answer = await readJson(visit.request, {}) // `retry` has nothing to say
  await takeAnswer(visit, family, { name: task, answer })
  return json(202, { task, by: visit.actor })
})

export interface Given {
  /** Of the task. */
  readonly name: string
  readonly answer: unknown
}

/** Hands an answer to the orchestration that waits for it, or refuses it. */
export async function takeAnswer({ actor, orchestrations }: Visit, family: Family, { name, answer }: Given): Promise<void> {
  const waiting = openTasks(family).filter((task) => task.name === name)
  if (waiting.length === 0) throw notAwaited(family, name)

  const { plan } = family.onboarding.input as OnboardingInput
  const forbidden = whyNotBy(plan, name, actor)
  if (forbidden !== undefined) throw refusal({ status: 403, code: 'not-yours', title: `"${name}" is not ${actor}'s to answer`, detail: forbidden })
  const faults = [taskFaults(name, answer), approvalFaults(plan, name, answer)].find((each) => each.length > 0) ?? []
  if (faults.length > 0) {
    throw refusal({
      status: 422,
      code: 'faulty-answer',
      title: `The answer to "${name}" has faults`,
      detail: 'Nothing was recorded. Mend every fault listed and answer again.',
      faults
    })
  }
  for (const task of waiting) await orchestrations.raise(task.instance, task.event, { by: actor, answer })
  if (name === 'cancel') await cancelTheOthers(orchestrations, family, { by: actor, answer })
}

/** Whatever of the onboarding is busy now hears of the end when it next waits. */
async function cancelTheOthers(orchestrations: Visit['orchestrations'], { onboarding, branches }: Family, said: object): Promise<void> {
  const busy = [onboarding, ...branches].filter((each) =>
    each.state === 'live' && !statusOf(each)?.tasks.some((task) => task.name === 'cancel'))
  for (const each of busy) await orchestrations.raise(each.id, cancelled, said)
}

/** `cancel` may be awaited by several branches at once; any other name by one. */
const openTasks = ({ onboarding, branches }: Family): OpenTask[] =>
  [onboarding, ...branches].flatMap((each) => (each.state === 'live' ? statusOf(each)?.tasks ?? [] : []))

function notAwaited(family: Family, name: string) {
  const awaited = [...new Set(openTasks(family).map((task) => task.name))]
  const detail = awaited.length > 0 ? `Awaited now: ${awaited.join(', ')}.` : 'No answer is awaited at this moment.'
  return refusal({
    status: 409,
    code: 'not-awaited',
    title: `"${name}" is not awaited`,
    detail: `${detail} Look at the onboarding and answer what it asks.`,
    extra: { awaited }
  })
}
