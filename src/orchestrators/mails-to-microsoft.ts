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
  /** When the last alias mail went out: the SLA clock runs from here until Microsoft acknowledges (R25). */
  readonly mailedAt: string
}
