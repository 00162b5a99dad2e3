import { z } from 'zod'
import { address } from '../terms/fields.ts'
import { quoted } from '../terms/fault.ts'
import { lineOfText, saidLength } from '../terms/line-of-text.ts'

/** What answers are made of, and how each refuses what does not fit. */

export const officer = z.strictObject({ name: lineOfText(100), email: address })

export const moment = z.iso.datetime({
  offset: true,
  error: ({ input }) => `${quoted(input)} is not an ISO 8601 moment. Correct it.`
})

export const reason = lineOfText(500).refine((text) => saidLength(text) >= 10, {
  error: 'The reason is too short to be understood. Write at least 10 characters.'
})
