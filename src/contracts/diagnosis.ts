import { z } from 'zod'
import type { Slot } from '../domain/terms/evidence.ts'
import { slot } from '../domain/terms/fields.ts'

/** One thing that an onboarding needs of the deployment. */
export interface Diagnosis {
  /** e.g. `slot-1 store` */
  readonly about: string
  /** `note`: it is as it was set up, and somebody should know. */
  readonly state: 'ok' | 'missing' | 'note'
  /** What was seen; where it is missing, also how to give it. */
  readonly detail: string
}

export interface DiagnosisRequest {
  /** Whether a mail is sent to whoever asks: nothing else proves the sender. */
  readonly mail: boolean
  /** Where the identity of each slot shall be able to work. */
  readonly subscriptions: readonly { readonly slot: Slot; readonly id: string }[]
}

/** What the route asks: triggers have no way to Azure. */
export interface Examiner {
  examine(wanted: DiagnosisRequest, by: string): Promise<Diagnosis[]>
}

/** Body of `POST /api/diagnoses`. */
export const diagnosisBody = z.strictObject({
  mail: z.boolean({ error: 'mail is true or false.' }).default(false),
  subscriptions: z
    .array(z.strictObject({ slot, id: z.guid({ error: 'A subscription id is a GUID. Correct it.' }) }))
    .max(2, { error: 'There are two slots. Name each once.' })
    .default([])
})
