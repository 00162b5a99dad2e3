import type { Directory } from '../../contracts/directory.ts'
import type { OnboardingInput } from '../../contracts/orchestrations.ts'
import { openTasks, type AwaitedTask } from '../../domain/state/status.ts'
import { readAnswer } from '../../domain/tasks/answers.ts'
import { isOf, sameTask, taskName, taskNamed, type Task } from '../../domain/tasks/task.ts'
import { kindOf } from '../../domain/tasks/task-kinds.ts'
import { mostReplacements } from '../../domain/plan/replacements.ts'
import type { Fault } from '../../domain/terms/fault.ts'
import { groupsAsked, whyNotBy } from '../../domain/tasks/who-may-answer.ts'
import { cancelled } from '../../names.ts'
import { familyOf, type Family } from './branches.ts'
import type { Deployment } from './deployment.ts'
import { json, refusal, requireRole, type Visit } from './http.ts'
import { planOf, replacedIn, statusOf } from './onboarding-document.ts'
import type { Handler } from './route.ts'

/** `POST /api/onboardings/{id}/tasks/{task}`: a person's answer. 202: it was handed to the orchestration that waits. */
export const postTask =
  ({ steps }: Deployment): Handler<'answerTask'> =>
  async (visit) => {
    const { id, task: name } = visit.params
    const family = await familyOf({ ...steps, orchestrations: visit.orchestrations }, id)
    await takeAnswer({ ...visit, directory: steps.directory }, family, { name, body: await visit.read() })
    return json(202, { task: name, by: visit.actor })
  }

export interface AnswerRequest {
  /** Of the task. */
  readonly name: string
  /** The answer as it came. */
  readonly body: unknown
}

interface AnswerVisit extends Pick<Visit, 'actor' | 'roles' | 'orchestrations'> {
  readonly directory: Directory
}

/** Hands an answer to the orchestration that waits for it, or refuses it. */
export async function takeAnswer(visit: AnswerVisit, family: Family, { name, body }: AnswerRequest): Promise<void> {
  const { actor, orchestrations, directory } = visit
  const task = taskNamed(name)
  const waiting = task ? awaitedIn(family).filter((each) => sameTask(each.task, task)) : []
  if (!task || waiting.length === 0) throw notAwaited(family, name)
  requireRole(visit, kindOf(task).role)

  const plan = planOf(family.onboarding, family.branches)
  await refuseStrangers(directory, plan, { task, actor })
  const { answer, faults = tooMany(task, family) } = readAnswer(task, body, plan)
  if (faults) {
    throw refusal({
      code: 'faulty-answer',
      title: `The answer to "${name}" has faults`,
      detail: 'Nothing was recorded. Mend every fault listed and answer again.',
      faults
    })
  }
  const id = crypto.randomUUID().slice(-12) // of a dozen answers; status keeps some of them
  for (const { instance, event } of waiting) await orchestrations.raise(instance, event, { by: actor, answer, id })
  if (isOf(task, 'cancel')) await cancelTheOthers(orchestrations, family, { by: actor, answer })
}

/** Branches count only what they heard: all of an onboarding's replacements are known here alone. */
function tooMany(task: Task, { onboarding, branches }: Family): readonly Fault[] | undefined {
  if (!isOf(task, 'replace-operator') || replacedIn(onboarding, branches).length < mostReplacements) return undefined
  const message = `${String(mostReplacements)} people were replaced in this onboarding: cancel, and start anew with those who are there.`
  return [{ path: '', message }]
}

/** Groups are looked up at this moment: who has left one may not answer any more. */
async function refuseStrangers(
  directory: Directory,
  plan: OnboardingInput['plan'],
  { task, actor }: { readonly task: Task; readonly actor: string }
): Promise<void> {
  const forbidden = whyNotBy(plan, task, actor)
  if (forbidden === undefined) return
  const name = taskName(task)
  const groups = groupsAsked(plan, task)
  const among = groups.length > 0 ? await directory.isIn(groups, actor) : 'no'
  if (among === 'no')
    throw refusal({ code: 'not-yours', title: `"${name}" is not ${actor}'s to answer`, detail: forbidden })
  if (among === 'unknown') {
    throw refusal({
      code: 'directory-silent',
      title: `Whether "${name}" is ${actor}'s to answer is not known`,
      detail: 'The directory did not say who is in the group. Nothing was recorded: answer again in a moment.'
    })
  }
}

/** Whatever of the onboarding is busy now hears of the end when it next waits. */
async function cancelTheOthers(
  orchestrations: Visit['orchestrations'],
  { onboarding, branches }: Family,
  said: object
): Promise<void> {
  const busy = [onboarding, ...branches].filter(
    (each) => each.state === 'live' && !statusOf(each)?.tasks.some(({ task }) => task.kind === 'cancel')
  )
  for (const each of busy) await orchestrations.raise(each.id, cancelled, said)
}

/** `cancel` may be awaited by several branches at once; any other name by one. */
const awaitedIn = ({ onboarding, branches }: Family): (AwaitedTask & { readonly instance: string })[] =>
  [onboarding, ...branches].flatMap((each) => {
    const status = each.state === 'live' ? statusOf(each) : undefined
    return status === undefined ? [] : openTasks(status).map((task) => ({ ...task, instance: each.id }))
  })

function notAwaited(family: Family, name: string) {
  const awaited = [...new Set(awaitedIn(family).map(({ task }) => taskName(task)))]
  const detail = awaited.length > 0 ? `Awaited now: ${awaited.join(', ')}.` : 'No answer is awaited at this moment.'
  return refusal({
    code: 'not-awaited',
    title: `"${name}" is not awaited`,
    detail: `${detail} Look at the onboarding and answer what it asks.`,
    extra: { awaited }
  })
}
