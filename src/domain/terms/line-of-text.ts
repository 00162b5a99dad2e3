import { z } from 'zod'
import { quoted } from './fault.ts'

/**
 * One line that reads as it is written: no control character, none that turns the direction of text, none that shows nothing or
 * that nobody has assigned, and at least one that is seen. What joins letters of some scripts, and what says how an emoji looks,
 * stays (categories and properties: Unicode Standard Annex 44; what turns text: Unicode Technical Report 36, 2.10.2).
 */
const readable =
  /^(?=.*(?![\p{DI}\u2800])[\p{L}\p{N}\p{P}\p{S}])(?:[\u200c\u200d\ufe00-\ufe0f]|[^\p{C}\p{Zl}\p{Zp}\p{DI}])+$/u

export const isReadable = (text: string): boolean => readable.test(text)

/** The one schema of what people write by themselves: every field of a request or an answer that takes a text is made of it. */
export const lineOfText = (longest: number, what = 'one line of text that can be read') =>
  z
    .string()
    .trim()
    .max(longest, { error: `The text is longer than ${String(longest)} characters. Shorten it.` })
    .regex(readable, {
      error: ({ input }) => `${quoted(input)} is not ${what}. Write it again, in letters that are seen.`
    })

/** How many characters of it say something: a run of spaces is one, what joins and shows nothing is none. */
export const saidLength = (text: string): number => [...text.replaceAll(/\s+/g, ' ').replaceAll(/\p{DI}/gu, '')].length
