import type { ClockSource } from '../azure/core/clock.ts'
import { actorOf, custodianOf } from '../azure/seed-people.ts'
import type { ReachableAzure } from '../azure/start.ts'
import type { PlanContent } from '../../src/domain/plan/plan.ts'
import { isOf, taskName, taskNamed, type Task } from '../../src/domain/tasks/task.ts'
import { kindOf } from '../../src/domain/tasks/task-kinds.ts'
import { operatorsAsked } from '../../src/domain/tasks/who-may-answer.ts'
import type { Api } from '../stage/api.ts'
import { onboardingView, type OnboardingView } from './onboarding-view.ts'
import { scriptOf } from './scripts.ts'

const minute = 60_000

export interface PeopleOptions {
  readonly api: Api
  readonly plan: PlanContent
  /** Where people do what they then say they did. */
  readonly azure: ReachableAzure
  /** Simulated milliseconds. */
  readonly now: () => number
  /** Told of all that people see before they act on it, so that nothing they answer goes untold. */
  readonly seen: (view: OnboardingView) => void
}

/** The people of a rehearsal: they see what the app asks of them and answer after a while, each for their own part. */
export function scriptedPeople({ api, plan, azure, now, seen }: PeopleOptions): ClockSource {
  const due = new Map<string, number>()
  let shown: Pick<OnboardingView, 'planDigest' | 'changes'> | undefined
  const path = `onboardings/${plan.id}`
  return {
    async observe() {
      const view = await viewOf(api, path)
      if (view) seen(view)
      shown = view
      const names = view?.tasks.map((task) => task.name) ?? []
      for (const name of due.keys()) if (!names.includes(name)) due.delete(name)
      for (const task of names.flatMap((name) => taskNamed(name) ?? [])) {
        const name = taskName(task)
        const delay = scriptOf(task)?.minutes(task)
        if (delay !== undefined && !due.has(name)) due.set(name, wholeMinute(now()) + delay * minute)
      }
    },
    next: () => (due.size === 0 ? undefined : Math.min(...due.values())),
    async run(at) {
      for (const [name, moment] of due) {
        if (moment > at) continue
        due.delete(name)
        const task = taskNamed(name)
        const script = task && scriptOf(task)
        if (!task || !script || shown === undefined) continue
        await script.does(task, { azure, plan, onboarding: plan.id })
        const actor = actorFor(plan, task, shown.changes)
        if (kindOf(task).toRead === 'plan') await api.get(`${path}/plan`, actor)
        await api.post(`${path}/tasks/${name}`, actor, script.says(task, { ...shown, plan }))
      }
    }
  }
}

/** Undefined before the onboarding is there, and when the rehearsal is over. */
async function viewOf(api: Api, path: string): Promise<OnboardingView | undefined> {
  try {
    return onboardingView.safeParse((await api.get(path)).body).data
  } catch (error) {
    if (api.closed) return undefined // who closed it has said why
    throw error
  }
}

const wholeMinute = (moment: number): number => Math.floor(moment / minute) * minute

/** The first operator of those who are asked; the Custodian, or whoever takes over, where people change. */
function actorFor(plan: PlanContent, task: Task, changes: OnboardingView['changes']): string {
  const { domain } = plan.organization
  if (isOf(task, 'confirm-replacement')) return custodianOf(domain)
  if (isOf(task, 'confirm-plan')) return changes.find(({ slot }) => slot === task.slot)?.joins ?? ''
  const [operator] = operatorsAsked(plan, task)
  return actorOf(operator, domain)
}
