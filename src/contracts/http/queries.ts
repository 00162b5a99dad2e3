import { z } from 'zod'
import { quoted } from '../../domain/terms/fault.ts'
import { onboardingStates } from '../../domain/views/documents.ts'

/** What operations read of a query. */

const oneOf = <const Values extends readonly string[]>(values: Values, what: string) =>
  z.enum(values, { error: ({ input }) => `${quoted(input)} is not ${what}. Use ${values.join(', ')}.` })

/** Names a place in a list: it goes on to the engine in a header, and to stores. */
const place = z.string().regex(/^[\x21-\x7e]{1,4096}$/, {
  error: ({ input }) => `${quoted(input)} is none of this list. Begin without continuation.`
})

const continuation = place.optional().meta({ description: 'Of the page before' })

const limit = z
  .string()
  .regex(/^([1-9]\d?|1\d\d|200)$/, {
    error: ({ input }) => `${quoted(input)} is not a whole number from 1 to 200. Correct it.`
  })
  .transform(Number)
  .default(50)
  .meta({ description: 'At most so many', type: 'integer', minimum: 1, maximum: 200 })

export const listQuery = z.strictObject({
  status: oneOf(onboardingStates, 'a status').optional().meta({ description: 'Only these' }),
  limit,
  continuation
})

export const startQuery = z.object({
  planDigest: z.string().optional().meta({ description: 'Digest of the plan that was read; or a field of the body' })
})

export const handOffQuery = z.object({
  format: oneOf(['json', 'md', 'html'], 'a format').default('json').meta({ description: 'json is the default' })
})

export const mailQuery = z.object({
  format: oneOf(['eml', 'txt'], 'a format')
    .default('eml')
    .meta({ description: 'eml, the default, opens in a mail program; txt is to read' })
})

export const evidenceQuery = z.object({ continuation })
