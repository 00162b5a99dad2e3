import type { HttpResponseInit } from '@azure/functions'
import { canonicalJson } from '../../domain/terms/digest.ts'
import { differences } from '../../domain/terms/difference.ts'
import type { Steps } from '../../contracts/steps.ts'
import { claimChain, onboardingChain } from '../../domain/ledger/chains.ts'
import { entriesOfKind } from '../../domain/ledger/entry.ts'
import { isPlan, type Plan } from '../../domain/plan/plan.ts'
import type { OnboardingRequest } from '../../domain/request/request.ts'
import { startOnboarding as startClaimed } from '../carry.ts'
import { hubOf } from '../hub.ts'
import { newestOnboarding } from './branches.ts'
import type { Deployment } from './deployment.ts'
import { json, refusal, type Visit } from './http.ts'
import type { Onboarding } from './known.ts'
import { documentOf } from './onboarding-document.ts'
import type { Handler } from './route.ts'
import { refuseStarter } from './starter.ts'
import { planned, refuseBeyondLimits, requestIn } from './start-request.ts'

/**
 * `POST /api/onboardings`: starts an onboarding, once. `planDigest`, beside the request's fields or in the query, is the
 * digest of the plan that the caller has read.
 */
export const postOnboardings =
  ({ steps }: Deployment): Handler<'startOnboarding'> =>
  async (visit) => {
    const { planDigest = visit.query.planDigest, body } = split(await visit.read())
    return startOnboarding(visit, steps, { body, planDigest })
  }

export interface StartRequest {
  readonly body: unknown
  readonly planDigest: unknown
}

type StartSteps = Pick<Steps, 'directory' | 'planner' | 'ledger' | 'starts' | 'present'>

/**
 * Starts what a request body asks for, once: 202 for a start, 200 with the one that is there, or a refusal. Nothing is started,
 * and nobody written to, before the tenant is claimed (LEDGER rule 18).
 */
export async function startOnboarding(
  visit: Visit,
  steps: StartSteps,
  { body, planDigest }: StartRequest
): Promise<HttpResponseInit> {
  const { actor, person, orchestrations } = visit
  const { directory, planner, ledger, starts } = steps
  const request = requestIn(body)
  const { id } = request
  const there = await newestOnboarding({ ...steps, orchestrations }, id)
  if (there) {
    const same = sameOrConflict(there, request)
    if (there.state === 'absent') await startNow(visit, steps, id) // whoever began with it got no further
    return same
  }
  await refuseSecondOfTenant(ledger, request)
  await refuseBeyondLimits(planner, request)
  const plan = await approvedPlan(planner, request, planDigest)
  await refuseStarter(visit, directory, plan)
  if (!(await planner.keep(request, plan))) throw await idUsedUp(starts, request, plan)
  await starts.keepStarter(id, { by: actor, person })
  const holder = await ledger.claim(request.organization.tenantId, id)
  if (holder !== id) throw secondOfTenant(holder, request)
  await startNow(visit, steps, id)
  return json(202, { id, digest: plan.digest }, { location: `/api/onboardings/${id}`, 'retry-after': '5' })
}

/** The claim is taken: whatever fails from here on is done by the watch (src/triggers/timers/watch.ts). */
async function startNow(
  { orchestrations, warn }: Visit,
  { ledger, starts }: Pick<Steps, 'ledger' | 'starts'>,
  id: string
): Promise<void> {
  try {
    const start = await starts.onboarding(id)
    if (start) await startClaimed({ orchestrations, ledger, starts, hub: await hubOf(orchestrations) }, start)
  } catch (error) {
    warn(`Onboarding ${id} was claimed, and could not be started at once. The watch starts it.`, error)
  }
}

/** The plan as it would be now, where that is what the caller has read. */
async function approvedPlan(planner: Steps['planner'], request: OnboardingRequest, planDigest: unknown): Promise<Plan> {
  const { plan, unknown } = await planned(planner, request)
  if (!isPlan(plan)) {
    throw refusal({
      code: 'people-unknown',
      title: 'The directory does not have everybody of the request',
      detail: 'Nothing was started, and the plan has no digest. Mend what is listed, and read the plan again.',
      faults: unknown
    })
  }
  if (planDigest === plan.digest) return plan
  throw refusal({
    code: 'plan-not-approved',
    title: planDigest === undefined ? 'The plan digest is missing' : 'The plan is another',
    detail: `Read the plan below and send its digest ${plan.digest} as planDigest.`,
    extra: { digest: plan.digest, plan }
  })
}

function split(body: unknown): StartRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { planDigest: undefined, body }
  const { planDigest, ...rest } = body as Record<string, unknown>
  return { planDigest, body: rest }
}

function sameOrConflict(there: Onboarding, wanted: OnboardingRequest): HttpResponseInit {
  const { request } = there.input
  if (canonicalJson(request) === canonicalJson(wanted)) return json(200, documentOf(there))
  throw idTaken(wanted.id, differences(request, wanted))
}

const idTaken = (id: string, changed: ReturnType<typeof differences>) =>
  refusal({
    code: 'id-taken',
    title: `Onboarding "${id}" exists with other content`,
    detail: 'Nothing was started or changed. Choose another id, or send the content that runs.',
    extra: { differences: changed }
  })

/** A start that lost to another one has left its plan behind, which is kept for good. */
async function idUsedUp(starts: Steps['starts'], request: OnboardingRequest, plan: Plan) {
  const kept = (await starts.onboarding(request.id))?.input
  const changed = differences(kept?.request, request)
  return refusal({
    code: 'id-taken',
    title: `The id "${request.id}" belongs to a start that came to nothing`,
    detail: 'Its plan is kept, and it was another. Nothing was started or changed. Choose another id.',
    extra: { differences: changed.length > 0 ? changed : differences(kept?.plan, plan) }
  })
}

/** A look before anything is written down of a start that would come to nothing. The claim decides. */
async function refuseSecondOfTenant(ledger: Steps['ledger'], request: OnboardingRequest): Promise<void> {
  const claims = await ledger.entries(claimChain(request.organization.tenantId))
  const holder = entriesOfKind(claims, 'claim').at(-1)?.said.onboarding
  if (holder === undefined || holder === request.id) return
  const ended = entriesOfKind(await ledger.entries(onboardingChain(holder)), 'closed')
  if (ended.length === 0) throw secondOfTenant(holder, request)
}

const secondOfTenant = (other: string, request: OnboardingRequest) =>
  refusal({
    code: 'tenant-busy',
    title: `${request.organization.domain} is being onboarded already`,
    detail: `Onboarding "${other}" runs. Wait for its end or cancel it.`
  })
