import { z } from 'zod'
import { sameText } from '../../domain/terms/same-text.ts'

/** What must be there and say something. */
export const text = z.string().min(1)

/**
 * A word of an enumeration, in the spelling of Azure's own definition whatever the capitals it comes in: nobody promises those.
 * One that is not among them is left as it is: new ones come without notice, and are judged as the unknowns that they are.
 */
export const wordOf = (...known: readonly string[]) =>
  text.transform((said) => known.find((word) => sameText(word, said)) ?? said)

/** Azure leaves out, or says null of, what there is none of. */
export const optionalText = z.string().nullish()

export const tags = z.record(z.string(), z.string()).nullish()

/** ISO 8601 in any of the forms that Azure writes; what no calendar knows is no moment. */
export const moment = z.string().refine((said) => !Number.isNaN(Date.parse(said)), 'expected a moment')

/** A page of a list. Where the next one is, is judged against the question: `nextPage` in expected.ts. */
export const page = <T extends z.ZodType>(item: T) => z.object({ value: z.array(item), nextLink: z.string().nullish() })

/** An answer to a change: nothing in it is read, since what was changed is looked at again. */
export const done = z.object({ id: text })
