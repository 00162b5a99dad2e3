import { z } from 'zod'
import { person } from '../people/person.ts'
import type { Replacement } from '../plan/replacements.ts'
import type { Answer } from '../tasks/answers.ts'
import { taskKinds } from '../tasks/task-kinds.ts'
import { evidenceRef, type EvidenceRef } from '../terms/evidence.ts'
import { slot } from '../terms/fields.ts'

/** One answer that changed who acts, and what was seen of the person. */
export type Amendment =
  | (Replacement & {
      readonly of: 'operator'
      readonly objectId: string
      readonly evidence: EvidenceRef
      readonly answered: Answer<'replace-operator'>
    })
  | { readonly of: 'officer'; readonly id: string; readonly at: string; readonly answered: Answer<'replace-officer'> }

const said = { person, by: z.string(), at: z.string(), id: z.string().exactOptional() }

/** As it is kept. */
export const amendment: z.ZodType<Amendment> = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('operator'),
    id: z.string(),
    slot,
    leaves: z.string(),
    joins: z.string(),
    at: z.string(),
    objectId: z.string(),
    evidence: evidenceRef,
    answered: z.object({
      ...said,
      task: z.object({ kind: z.literal('replace-operator'), slot }),
      answer: taskKinds['replace-operator'].answer.schema
    })
  }),
  z.object({
    of: z.literal('officer'),
    id: z.string(),
    at: z.string(),
    answered: z.object({
      ...said,
      task: z.object({ kind: z.literal('replace-officer') }),
      answer: taskKinds['replace-officer'].answer.schema
    })
  })
])
