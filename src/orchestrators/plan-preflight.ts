import type { Finding } from '../domain/evidence.ts'
import type { PlanPreflightInput } from '../domain/onboarding.ts'
import { input, type Context, type Story } from './durable.ts'
import { lookBeforeChanging, preflightAbout } from './preflight.ts'
import { tried } from './until-held.ts'

/** What preflight finds today, for a plan that nobody has approved yet. Leaves no evidence. */
export function* planPreflight(context: Context): Story<{ findings: readonly Finding[] }> {
  const { request } = input<PlanPreflightInput>(context)
  const looking = { context, request, requestId: request.id, dryRun: true }
  const { findings } = yield* tried(() => lookBeforeChanging(looking), preflightAbout(request))
  return { findings }
}
