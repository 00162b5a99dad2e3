import type { HttpHandler } from '@azure/functions'
import type { Directory } from '../../contracts/directory.ts'
import type { Library } from '../../contracts/library.ts'
import type { BackupHabits } from '../../domain/plan/plan-warnings.ts'
import type { SlaRules } from '../../domain/calendar/sla.ts'
import type { pages } from '../../names.ts'
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

export type PageHandlers = Readonly<Record<keyof typeof pages, HttpHandler>>

/** What answers each route of the operators' page. */
export function pageHandlers({ sla, habits, banner, library, directory }: PagesOptions): PageHandlers {
  const read = (work: PageWork): HttpHandler => pageRoute(banner, work)
  return {
    list: read(list),
    newRequest: read(newRequest),
    plan: read(planRequest({ sla, habits })),
    start: pageRoute(banner, start(sla), 'Operator'),
    onboarding: read(onboarding),
    runningPlan: read(runningPlan(habits)),
    evidence: read(evidence(library)),
    answerTask: read(answerTask(directory)),
    asset: read(asset)
  }
}
