import type { Person } from '../domain/people/person.ts'

/** Which plan was shown to whom. */
export interface PlanReading {
  readonly onboarding: string
  /** Of the plan. */
  readonly digest: string
  /** Object id of the person. */
  readonly oid: string
}

/** A plan is shown, whole, to somebody. */
export interface Showing extends Omit<PlanReading, 'oid'> {
  /** UPN */
  readonly by: string
  readonly person: Person
  readonly on: 'page' | 'api'
}

/** Who was shown the plan that they are to approve: an approval stands on it. */
export interface Readers {
  /** Takes it down, once. */
  show(showing: Showing): Promise<void>
  wasShown(reading: PlanReading): Promise<boolean>
}
