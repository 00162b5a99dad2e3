import { z } from 'zod'
import { roleAssignments } from '../azure/arm/authorization/roles.ts'
import type { ReachableAzure } from '../azure/start.ts'
import type { PlanContent } from '../../src/domain/plan/plan.ts'
import { giveSetupRolesAgain } from '../azure/setup-roles.ts'
import { taskNamed } from '../../src/domain/tasks/task.ts'
import { RehearsalOver, type Api } from '../stage/api.ts'
import { onboardingView } from './onboarding-view.ts'
import { scriptOf } from './scripts.ts'

const running = z.object({ items: z.array(z.object({ id: z.string() })) })

export interface HandsOptions {
  readonly api: Api
  readonly azure: ReachableAzure
  /** Of the request that the simulated Azure was made for. */
  readonly plan: PlanContent
  readonly say: (line: string) => void
}

/**
 * What people would do with az, or without one: done as soon as a task asks for it, so that whoever explores by hand only has
 * to answer. One look; call it again and again. Answers are never given here.
 */
export function handsInAzure({ api, azure, plan, say }: HandsOptions): () => Promise<void> {
  const done = new Set<string>()
  const act = async (id: string, name: string): Promise<void> => {
    const task = taskNamed(name)
    if (!task || done.has(`${id} ${name}`)) return
    done.add(`${id} ${name}`)
    if (await scriptOf(task)?.does(task, { azure, onboarding: id, plan }))
      say(`  In the simulated Azure it is done as ${name} of ${id} asks; the task still wants its answer.`)
  }
  return async () => {
    const { items } = running.parse((await api.get('onboardings?status=running&limit=200')).body)
    if (items.length === 0 && lacksRoles(azure)) {
      giveSetupRolesAgain(azure.world, azure.seed)
      say('  In the simulated Azure the app has its set-up roles again, for another onboarding.')
    }
    for (const { id } of items) {
      const view = onboardingView.safeParse((await api.get(`onboardings/${id}`)).body).data
      for (const { name } of view?.tasks ?? []) await act(id, name)
    }
  }
}

const lacksRoles = ({ world, seed }: ReachableAzure): boolean =>
  seed.roleAssignments.some(({ name }) => !roleAssignments(world).has(name.toLowerCase()))

/** Looks every second until nobody answers any more. */
export async function keepLooking(look: () => Promise<void>, pause: () => Promise<unknown>): Promise<void> {
  try {
    for (;;) {
      await look()
      await pause()
    }
  } catch (error) {
    if (!(error instanceof RehearsalOver)) throw error
  }
}
