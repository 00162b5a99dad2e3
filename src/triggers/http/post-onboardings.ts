import type { HttpResponseInit } from '@azure/functions'
import { canonicalJson } from '../../domain/terms/digest.ts'
import { differences } from '../../domain/terms/difference.ts'
import type { At } from '../../contracts/orchestration.ts'
import { orchestrators, type OnboardingInput } from '../../contracts/orchestrations.ts'
import type { SlaRules } from '../../domain/calendar/sla.ts'
import type { InstanceOf, Orchestrations } from '../durable-client.ts'
import type { Deployment } from './deployment.ts'
import { json, refusal, type Visit } from './http.ts'
import { documentOf } from './onboarding-document.ts'
import type { Handler } from './route.ts'
import { planned } from './start-request.ts'

/**
 * `POST /api/onboardings`: starts an onboarding, once. `planDigest`, beside the request's fields or in the query, is the
 * digest of the plan that the caller has read.
 */
export const postOnboardings =
  ({ sla }: Deployment): Handler<'startOnboarding'> =>
  async (visit) => {
    const { planDigest = visit.query.planDigest, body } = split(await visit.read())
    return startOnboarding(visit, sla, { body, planDigest })
  }

export interface Wanted {
  readonly body: unknown
  readonly planDigest: unknown
}

/** Starts what a request body asks for, once: 202 for a start, 200 with the one that is there, or a refusal. */
export async function startOnboarding(
  visit: Visit,
  sla: SlaRules,
  { body, planDigest }: Wanted
): Promise<HttpResponseInit> {
  const { actor, orchestrations } = visit
  const { request: wanted, plan } = planned(body)
  const input: OnboardingInput = { requestId: wanted.id, request: wanted, plan, sla, startedBy: actor }
  const at = orchestrators.onboarding.at(wanted.id)

  const there = await orchestrations.find(at)
  if (there) return sameOrConflict(there, input)
  await refuseSecondOfTenant(orchestrations, input, at)
  if (planDigest !== plan.digest) {
    throw refusal({
      code: 'plan-not-approved',
      title: planDigest === undefined ? 'The plan digest is missing' : 'The plan is another',
      detail: `Read the plan below and send its digest ${plan.digest} as planDigest.`,
      extra: { digest: plan.digest, plan }
    })
  }
  if (!(await orchestrations.start(at, input))) {
    const started = await orchestrations.find(at)
    if (started) return sameOrConflict(started, input)
  }
  await withdrawBesideAnother(orchestrations, input, at)
  return json(
    202,
    { id: wanted.id, digest: plan.digest },
    { location: `/api/onboardings/${wanted.id}`, 'retry-after': '5' }
  )
}

function split(body: unknown): Wanted {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { planDigest: undefined, body }
  const { planDigest, ...rest } = body as Record<string, unknown>
  return { planDigest, body: rest }
}

function sameOrConflict(there: InstanceOf<'onboarding'>, wanted: OnboardingInput): HttpResponseInit {
  const { request } = there.input
  if (canonicalJson(request) === canonicalJson(wanted.request)) return json(200, documentOf(there))
  throw refusal({
    code: 'id-taken',
    title: `Onboarding "${wanted.requestId}" exists with other content`,
    detail: 'Nothing was started or changed. Choose another id, or send the content that runs.',
    extra: { differences: differences(request, wanted.request) }
  })
}

async function refuseSecondOfTenant(
  orchestrations: Orchestrations,
  input: OnboardingInput,
  at: At<OnboardingInput, unknown, unknown>
): Promise<void> {
  const other = await anotherOfTenant(orchestrations, input, at)
  if (other) throw secondOfTenant(other, input)
}

/**
 * Two starts may pass the look above together. Each looks again after its own start, and withdraws if it is not alone:
 * the last one to look sees the other, so two never stay. Creation times decide nothing, being whole seconds of
 * machines that differ; both may withdraw, and be sent again.
 */
async function withdrawBesideAnother(
  orchestrations: Orchestrations,
  input: OnboardingInput,
  at: At<OnboardingInput, unknown, unknown>
): Promise<void> {
  const other = await anotherOfTenant(orchestrations, input, at)
  if (!other) return
  await orchestrations.withdraw(at, `another onboarding of this tenant runs: ${other.id}`)
  throw secondOfTenant(other, input)
}

async function anotherOfTenant(
  all: Orchestrations,
  input: OnboardingInput,
  at: At<OnboardingInput, unknown, unknown>
): Promise<InstanceOf<'onboarding'> | undefined> {
  const tenantOf = ({ request }: OnboardingInput): string => request.organization.tenantId
  const live = await all.list(orchestrators.onboarding, 'live')
  return live.find((each) => each.id !== at.id && tenantOf(each.input) === tenantOf(input))
}

const secondOfTenant = (other: InstanceOf<'onboarding'>, { request }: OnboardingInput) =>
  refusal({
    code: 'tenant-busy',
    title: `${request.organization.domain} is being onboarded already`,
    detail: `Onboarding "${other.input.requestId}" runs. Wait for its end or cancel it.`
  })
