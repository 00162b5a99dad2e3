import type { HttpResponseInit } from '@azure/functions'
import { canonicalJson } from '../../domain/terms/digest.ts'
import { differences } from '../../domain/terms/difference.ts'
import type { At } from '../../contracts/orchestration.ts'
import { orchestrators, type OnboardingInput } from '../../contracts/orchestrations.ts'
import type { Steps } from '../../contracts/steps.ts'
import { isPlan, type Plan } from '../../domain/plan/plan.ts'
import type { OnboardingRequest } from '../../domain/request/request.ts'
import type { InstanceOf, Orchestrations } from '../durable-client.ts'
import type { Deployment } from './deployment.ts'
import { json, refusal, type Visit } from './http.ts'
import { documentOf } from './onboarding-document.ts'
import type { Handler } from './route.ts'
import { planned, requestIn } from './start-request.ts'

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

/** Starts what a request body asks for, once: 202 for a start, 200 with the one that is there, or a refusal. */
export async function startOnboarding(
  visit: Visit,
  { planner }: Pick<Steps, 'planner'>,
  { body, planDigest }: StartRequest
): Promise<HttpResponseInit> {
  const { actor, orchestrations } = visit
  const request = requestIn(body)
  const at = orchestrators.onboarding.at(request.id)
  const there = await orchestrations.find(at)
  if (there) return sameOrConflict(there, request)
  await refuseSecondOfTenant(orchestrations, request, at)
  const plan = await approvedPlan(planner, request, planDigest)
  const planRef = await planner.keep(request, plan)
  if (!planRef) throw idTaken(request.id, [])
  const input: OnboardingInput = { requestId: request.id, request, plan, planRef, startedBy: actor }
  if (!(await orchestrations.start(at, input))) {
    const started = await orchestrations.find(at)
    if (started) return sameOrConflict(started, request)
  }
  await withdrawBesideAnother(orchestrations, request, at)
  return json(
    202,
    { id: request.id, digest: plan.digest },
    { location: `/api/onboardings/${request.id}`, 'retry-after': '5' }
  )
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

function sameOrConflict(there: InstanceOf<'onboarding'>, wanted: OnboardingRequest): HttpResponseInit {
  const { request } = there.input
  if (canonicalJson(request) === canonicalJson(wanted)) return json(200, documentOf(there))
  throw idTaken(wanted.id, differences(request, wanted))
}

/** Also where another plan lies under the id in the records: of a start that came to nothing. */
const idTaken = (id: string, changed: ReturnType<typeof differences>) =>
  refusal({
    code: 'id-taken',
    title: `Onboarding "${id}" exists with other content`,
    detail: 'Nothing was started or changed. Choose another id, or send the content that runs.',
    extra: { differences: changed }
  })

async function refuseSecondOfTenant(
  orchestrations: Orchestrations,
  request: OnboardingRequest,
  at: At<OnboardingInput, unknown, unknown>
): Promise<void> {
  const other = await anotherOfTenant(orchestrations, request, at)
  if (other) throw secondOfTenant(other, request)
}

/**
 * Two starts may pass the look above together. Each looks again after its own start, and withdraws if it is not alone:
 * the last one to look sees the other, so two never stay. Creation times decide nothing, being whole seconds of
 * machines that differ; both may withdraw, and be sent again.
 */
async function withdrawBesideAnother(
  orchestrations: Orchestrations,
  request: OnboardingRequest,
  at: At<OnboardingInput, unknown, unknown>
): Promise<void> {
  const other = await anotherOfTenant(orchestrations, request, at)
  if (!other) return
  await orchestrations.withdraw(at, `another onboarding of this tenant runs: ${other.id}`)
  throw secondOfTenant(other, request)
}

async function anotherOfTenant(
  all: Orchestrations,
  request: OnboardingRequest,
  at: At<OnboardingInput, unknown, unknown>
): Promise<InstanceOf<'onboarding'> | undefined> {
  const { tenantId } = request.organization
  const live = await all.list(orchestrators.onboarding, 'live')
  return live.find((each) => each.id !== at.id && each.input.request.organization.tenantId === tenantId)
}

const secondOfTenant = (other: InstanceOf<'onboarding'>, request: OnboardingRequest) =>
  refusal({
    code: 'tenant-busy',
    title: `${request.organization.domain} is being onboarded already`,
    detail: `Onboarding "${other.input.requestId}" runs. Wait for its end or cancel it.`
  })
