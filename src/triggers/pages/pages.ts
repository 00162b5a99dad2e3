import type { HttpFunctionOptions, HttpMethod } from '@azure/functions'
import { pages as names } from '../../names.ts'
import { whenCalled } from '../http/when-called.ts'
import type { PageHandlers, PagesOptions } from './page-handlers.ts'

export interface PageFunction extends Pick<HttpFunctionOptions, 'methods' | 'route' | 'handler'> {
  readonly name: string
}

const routes: readonly (readonly [page: keyof PageHandlers, method: HttpMethod, route: string])[] = [
  ['list', 'GET', 'ui'],
  ['newRequest', 'GET', 'ui/new'],
  ['plan', 'POST', 'ui/plan'],
  ['start', 'POST', 'ui/start'],
  ['onboarding', 'GET', 'ui/onboardings/{id}'],
  ['runningPlan', 'GET', 'ui/onboardings/{id}/plan'],
  ['evidence', 'GET', 'ui/onboardings/{id}/evidence'],
  ['answerTask', 'POST', 'ui/onboardings/{id}/tasks/{task}'],
  ['asset', 'GET', 'ui/assets/{file}']
]

/** The operators' page: every route of it, to be registered by app.ts. Its code is loaded with the first page (decision 31). */
export function operatorPages(options: PagesOptions): PageFunction[] {
  const handler = whenCalled<keyof PageHandlers>(async () => (await import('./page-handlers.ts')).pageHandlers(options))
  return routes.map(([page, method, route]) => ({
    name: names[page],
    methods: [method],
    route,
    handler: handler(page)
  }))
}
