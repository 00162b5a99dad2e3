import type { Method, OperationFacts } from './operations.ts'

/** A page is for people: the API's description has none of them, and a refusal is a page, too. */
export type Page = Pick<OperationFacts, 'path' | 'role'> & Method

/** Every route of the operators' page. One without a handler (`src/triggers/pages/page-handlers.ts`) does not compile. */
export const pages = {
  list: { method: 'GET', path: 'ui', role: 'Reader' },
  newRequest: { method: 'GET', path: 'ui/new', role: 'Reader' },
  plan: { method: 'POST', stepUp: 'never', path: 'ui/plan', role: 'Reader' },
  lookAtPlan: { method: 'GET', path: 'ui/plans/{run}', role: 'Reader' },
  start: { method: 'POST', stepUp: 'never', path: 'ui/start', role: 'Operator' },
  onboarding: { method: 'GET', path: 'ui/onboardings/{id}', role: 'Reader' },
  runningPlan: { method: 'GET', path: 'ui/onboardings/{id}/plan', role: 'Reader' },
  evidence: { method: 'GET', path: 'ui/onboardings/{id}/evidence', role: 'Reader' },
  answerTask: { method: 'POST', stepUp: 'as-the-task-says', path: 'ui/onboardings/{id}/tasks/{task}', role: 'Reader' },
  asset: { method: 'GET', path: 'ui/assets/{file}', role: 'Reader' }
} as const satisfies Readonly<Record<string, Page>>

export type Pages = typeof pages
export type PageId = keyof Pages
