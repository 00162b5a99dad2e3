import type { Finding } from '../domain/terms/evidence.ts'
import type { OnboardingRequest } from '../domain/request/request.ts'
import type { Plan } from '../domain/plan/plan.ts'
import type { SlaRules } from '../domain/calendar/sla.ts'
import type { AnsweredTask } from '../domain/tasks/tasks.ts'

/** Input of the onboarding orchestrator: all it will ever know without asking Azure or a person. */
export interface OnboardingInput {
  readonly requestId: string
  readonly request: OnboardingRequest
  readonly plan: Plan
  readonly sla: SlaRules
  readonly startedBy: string
}

/** Input of the short orchestration behind `POST /api/plans`. */
export interface PlanPreflightInput {
  readonly request: OnboardingRequest
}

export interface PlanPreflightOutput {
  readonly findings: readonly Finding[]
  /** ISO 8601 UTC: when it looked. */
  readonly at: string
}

export interface HandOffReceipt {
  /** Blob name of the JSON document; the Markdown lies beside it. */
  readonly name: string
  readonly sha256: string
}

export type OnboardingOutcome =
  | { readonly outcome: 'completed'; readonly handOff: HandOffReceipt }
  | { readonly outcome: 'cancelled'; readonly cancelled: AnsweredTask }
