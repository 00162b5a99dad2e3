import type { AnswerSheet } from '../../domain/views/documents.ts'
import { nameOfEvent } from '../../domain/state/event-name.ts'
import { taskName, taskNamed } from '../../domain/tasks/task.ts'
import { reasonOf } from '../../domain/tasks/answers.ts'
import { cancelled } from '../../names.ts'
import { everyBranchOf, onboardingOf } from './branches.ts'
import type { Orchestrations } from '../durable-client.ts'
import { json } from './http.ts'
import type { Handler } from './route.ts'

type Answer = AnswerSheet['items'][number]

/**
 * `GET /api/onboardings/{id}/answers`: everything that people ever said to an onboarding, from the histories of all its parts,
 * which nobody can rewrite through this app. What was refused afterwards is among it.
 */
export const getAnswers: Handler<'getAnswers'> = async ({ params, orchestrations }) => {
  const onboarding = await onboardingOf(orchestrations, params.id)
  const all = [onboarding, ...(await everyBranchOf(orchestrations, onboarding))]
  const said = await Promise.all(all.map(({ id }) => answersIn(orchestrations, id)))
  const items = said.flat().toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const firsts = items.filter((each, index) => !items.slice(0, index).some((before) => isEcho(before, each)))
  return json(200, { items: firsts.map(({ instance: _, ...answer }) => answer) } satisfies AnswerSheet)
}

async function answersIn(orchestrations: Orchestrations, instance: string): Promise<(Answer & { instance: string })[]> {
  const raised = await orchestrations.raised(instance)
  return raised.flatMap(({ event, at, data }) => {
    const { by, answer } = (data ?? {}) as { by?: string; answer?: unknown }
    if (by === undefined) return [] // what wakes it carries no person
    const name = event === cancelled ? taskName({ kind: 'cancel' }) : nameOfEvent(event)
    const task = taskNamed(name)
    const reason = task && reasonOf(task, answer)
    return [{ instance, task: name, by, at, ...(reason !== undefined && { reason }) }]
  })
}

/** What several parts ask alike is answered to all of them at once. */
const isEcho = (one: Answer & { instance: string }, other: Answer & { instance: string }): boolean =>
  one.instance !== other.instance &&
  one.task === other.task &&
  one.by === other.by &&
  Date.parse(other.at) - Date.parse(one.at) < atOnceMs

const atOnceMs = 10_000
