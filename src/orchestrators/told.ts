import type { Offer } from '../domain/terms/offer.ts'
import type { EvidenceRef } from '../domain/terms/evidence.ts'
import type { Answered } from './question.ts'

export interface Registered {
  readonly states: readonly [string, string]
  readonly evidence: readonly EvidenceRef[]
}

export interface Told extends Registered {
  readonly offers: readonly Offer[]
  /** Who sent which mail, where people do. */
  readonly answers: readonly Answered[]
  /** When the last alias mail went out: the SLA clock runs from here until Microsoft acknowledges (R25). */
  readonly mailedAt: string
}
