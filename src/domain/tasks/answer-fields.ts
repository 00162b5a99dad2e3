import { z } from 'zod'
import { quoted } from '../terms/fault.ts'

/** What answers are made of, and how each refuses what does not fit. */

export const line = (longest: number) =>
  z
    .string()
    .trim()
    .regex(/^[^\p{Cc}]+$/u, { error: ({ input }) => `${quoted(input)} is not one line of text. Write one line.` })
    .max(longest, { error: `The text is longer than ${longest} characters. Shorten it.` })

export const address = z
  .string()
  .trim()
  .max(254, { error: 'The address is longer than 254 characters. Correct it.' })
  .regex(/^[^\s@<>,;"()]+@([a-z0-9-]+\.)+[a-z0-9-]{2,}$/i, {
    error: ({ input }) => `${quoted(input)} is not an e-mail address. Correct it.`
  })

export const officer = z.strictObject({ name: line(100), email: address })

export const moment = z.iso.datetime({
  offset: true,
  error: ({ input }) => `${quoted(input)} is not an ISO 8601 moment. Correct it.`
})

export const reason = line(500).min(10, {
  error: 'The reason is too short to be understood. Write at least 10 characters.'
})
