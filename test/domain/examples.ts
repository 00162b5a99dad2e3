import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { buildPlan } from '../../src/domain/plan/build-plan.ts'
import type { Person } from '../../src/domain/people/person.ts'
import type { Call } from '../../src/domain/terms/evidence.ts'
import { usualDeployment, type Deployment } from '../../src/domain/plan/deployment.ts'
import { isPlan, type Plan, type PlannedParty } from '../../src/domain/plan/plan.ts'
import { parseRequest, type OnboardingRequest } from '../../src/domain/request/request.ts'
import type { AskedOfMicrosoft } from '../../src/domain/tasks/microsoft-outcomes.ts'
import type { Offer } from '../../src/domain/terms/offer.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A request as JSON that a test may spoil. */
export interface RawRequest {
  [field: string]: unknown
  organization: Record<string, unknown>
  subscriptions: Record<string, unknown>[]
  policies: Record<string, unknown>[]
}

export const sample = (name: string): RawRequest =>
  JSON.parse(readFileSync(new URL(`../../samples/${name}.json`, import.meta.url), 'utf8')) as RawRequest

export const threeWorkloads = (): RawRequest => sample('three-workloads')

/** The parsed request, or the faults as the test's failure. */
export function parsed(body: unknown): OnboardingRequest {
  const result = parseRequest(body)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return result.request
}

/** Everybody whom a request names, as a directory has them. */
export const peopleOf = ({ subscriptions }: OnboardingRequest): PlannedParty[] =>
  subscriptions
    .flatMap(({ operators, administrators = [] }) => [...operators, ...administrators])
    .map((party) => ({ party, objectId: guidOf(party), displayName: party, mail: party }))

/** Who is meant by a user principal name there. */
export const personNamed = (upn: string): Person => ({ oid: guidOf(upn), tid: guidOf('the tenant') })

const guidOf = (name: string): string => sha256(name).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')

/** What the app would approve of a request, all its people being there. */
export function planOf(body: unknown, deployment: Deployment = usualDeployment): Plan {
  const request = parsed(body)
  const plan = buildPlan(request, { people: peopleOf(request), deployment }, sha256)
  if (!isPlan(plan)) throw new Error('Somebody of the request is not known.')
  return plan
}

/** What the next step after an answer of Microsoft's is written of. */
export const askedOfMicrosoft = ({ organization }: Plan): AskedOfMicrosoft => ({
  onboarding: 'contoso',
  tenantId: organization.tenantId,
  subscriptionIds: ['sub-1', 'sub-2'],
  workloads: ['exchange', 'sharepoint', 'multi-workload']
})

export const offersOf = (plan: Plan): Offer[] =>
  [...new Set(plan.policies.map(({ workload }) => workload))].map((workload, index) => ({
    workload,
    requestId: `FT-10423${index}`,
    officers: [{ name: 'Olga Officer', email: 'olga@contoso.com' }],
    submittedBy: 'alice@contoso.com',
    at: '2026-11-23T18:12:00.000Z'
  }))

export const aCall: Call = { operation: 'GET thing', requestId: 'request-1', identity: 'slot-1' }
