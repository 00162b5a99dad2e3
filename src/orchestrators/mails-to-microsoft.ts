import type { Activities } from '../contracts/activities.ts'
import type { Workload } from '../domain/terms/workloads.ts'
import { now } from './durable.ts'
import type { Run } from './run.ts'
import { whoActs } from './tell-operators.ts'
import type { BySlot } from '../domain/terms/by-slot.ts'
import type { Offer } from '../domain/terms/offer.ts'
import type { EvidenceRef } from '../domain/terms/evidence.ts'
import type { Answer } from '../domain/tasks/answers.ts'

export interface RegistrationStates {
  readonly states: BySlot<string>
  readonly evidence: readonly EvidenceRef[]
}

export interface MailsToMicrosoft extends RegistrationStates {
  readonly offers: readonly Offer[]
  /** Who sent which mail, where people do. */
  readonly answers: readonly Answer[]
  /** When the first alias mail went out: nothing was acknowledged before. */
  readonly firstMailAt: string
  /** When the last alias mail went out: the SLA clock runs from here until Microsoft acknowledges (R25). */
  readonly mailedAt: string
}

/** What the mail to a workload's alias is written of (R22–R24), whoever sends it. */
export const aliasMail = (
  run: Run,
  workload: Workload,
  { offers, states }: Pick<MailsToMicrosoft, 'offers' | 'states'>
): Activities['write-alias-mail']['input'] => ({
  onboarding: run.requestId,
  now: now(run.context),
  plan: run.planRef,
  workload,
  offers,
  states,
  ...whoActs(run)
})
