import { orchestrators } from '../contracts/orchestrations.ts'
import type { PlanPreflightOutput } from '../contracts/orchestrations.ts'
import { input, type Context, type Story } from './durable.ts'
import { lookBeforeChanging, preflightAbout } from './preflight.ts'
import { tried } from './until-held.ts'

/** What preflight finds today, for a plan that nobody has approved yet. Leaves no evidence. */
export function* planPreflight(context: Context): Story<PlanPreflightOutput> {
  const { plan } = input(context, orchestrators.planPreflight)
  const looking = { context, requestId: plan.id, by: { draft: plan } }
  const { findings, value } = yield* tried(() => lookBeforeChanging(looking), preflightAbout(plan))
  return { findings, warnings: value?.tenant.warnings ?? [] }
}
