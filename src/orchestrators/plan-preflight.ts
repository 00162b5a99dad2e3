import type { Finding } from '../domain/evidence.ts'
import type { PlanPreflightInput } from '../domain/onboarding.ts'
import { input, type Context, type Story } from './durable.ts'
import { lookBeforeChanging } from './preflight.ts'

/** What preflight finds today, for a plan that nobody has approved yet. Leaves no evidence. */
export function* planPreflight(context: Context): Story<{ findings: readonly Finding[] }> {
  const { request } = input<PlanPreflightInput>(context)
  const { findings } = yield* lookBeforeChanging({ context, request, requestId: request.id, dryRun: true })
  return { findings }
}
