import type { Choices } from '../terms/choices.ts'
import type { Immutability } from '../terms/immutability.ts'
import type { PlanRef, VaultPlan } from './plan.ts'
import type { Workload } from '../terms/workloads.ts'

/** What every activity is told: which onboarding, and what time the orchestrator has (DESIGN rule 7). */
export interface Occasion {
  readonly onboarding: string
  /** ISO 8601 UTC */
  readonly now: string
}

/** What works by the plan of an onboarding: it reads the record. */
export interface OfPlan extends Occasion {
  readonly plan: PlanRef
}

/** One policy × slot, and all its activities need to know. */
export interface VaultTask extends OfPlan, Omit<Choices, 'mail'> {
  readonly policy: string
  readonly workload: Workload
  readonly tenantId: string
  readonly vault: VaultPlan
  readonly administrators: readonly string[]
  readonly servicePrincipal: string
  readonly slotIdentity: string
  /** As the deployment was when the onboarding began, whatever the settings of the day. */
  readonly immutability: Immutability
  /** A deleted vault of this name is recovered, or one that is there taken over: an operator said so. */
  readonly recover: boolean
}
