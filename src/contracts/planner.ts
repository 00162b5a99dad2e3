import type { DraftPlan, Plan, PlanRef } from '../domain/plan/plan.ts'
import type { OnboardingRequest } from '../domain/request/request.ts'
import type { Fault } from '../domain/terms/fault.ts'

/** What routes ask about plans: they have no way to Azure. Nothing else makes one. */
export interface Planner {
  /** The plan of a request, with its people looked up. Throws `Unplannable` where the directory does not answer. */
  plan(request: OnboardingRequest): Promise<PlanResult>
  /** Where it asks for more than Microsoft allows a tenant, by what was handed off for it before. */
  beyondLimits(request: OnboardingRequest): Promise<readonly Fault[]>
  /** Keeps the plan of an onboarding that is about to start; undefined where another one has its id. */
  keep(request: OnboardingRequest, plan: Plan): Promise<PlanRef | undefined>
}

export interface PlanResult {
  readonly plan: Plan | DraftPlan
  /** One for each person and group that the directory does not have, at its place in the request. */
  readonly unknown: readonly Fault[]
}

/** The directory did not answer, so no plan can be made now. The message says what to do. */
export class Unplannable extends Error {
  override readonly name = 'Unplannable'
}
