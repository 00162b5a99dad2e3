import type { HttpFunctionOptions, HttpMethod } from '@azure/functions'
import type { Directory } from '../../domain/directory.ts'
import type { Library } from '../../domain/library.ts'
import type { BackupHabits } from '../../domain/plan-warnings.ts'
import type { SlaRules } from '../../domain/sla.ts'
import { pages as names } from '../../names.ts'
import { answerTask } from './answer-task.ts'
import { asset } from './assets.ts'
import { evidence } from './evidence.ts'
import { list } from './list.ts'
import { onboarding } from './onboarding.ts'
import { pageRoute, type PageWork } from './page-route.ts'
import { newRequest, planRequest } from './plan.ts'
import { runningPlan } from './running-plan.ts'
import { start } from './start.ts'

export interface PagesOptions {
  readonly sla: SlaRules
  readonly habits: BackupHabits
  readonly banner: string | undefined
  readonly library: Library
  readonly directory: Directory
}

export interface PageFunction extends Pick<HttpFunctionOptions, 'methods' | 'route' | 'handler'> {
  readonly name: string
}

/** The operators' page: every route of it, to be registered by app.ts. */
export function operatorPages({ sla, habits, banner, library, directory }: PagesOptions): PageFunction[] {
  const one = (name: string, method: HttpMethod, route: string, work: PageWork): PageFunction =>
    ({ name, methods: [method], route, handler: pageRoute(banner, work) })
  return [
    one(names.list, 'GET', 'ui', list(sla.zone)),
    one(names.newRequest, 'GET', 'ui/new', newRequest),
    one(names.plan, 'POST', 'ui/plan', planRequest(habits)),
    { name: names.start, methods: ['POST'], route: 'ui/start', handler: pageRoute(banner, start(sla), 'Operator') },
    one(names.onboarding, 'GET', 'ui/onboardings/{id}', onboarding),
    one(names.runningPlan, 'GET', 'ui/onboardings/{id}/plan', runningPlan(habits)),
    one(names.evidence, 'GET', 'ui/onboardings/{id}/evidence', evidence(library)),
    one(names.answerTask, 'POST', 'ui/onboardings/{id}/tasks/{task}', answerTask(directory)),
    one(names.asset, 'GET', 'ui/assets/{file}', asset)
  ]
}
