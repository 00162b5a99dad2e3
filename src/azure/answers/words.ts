import { z } from 'zod'

/** What must be there and say something. */
export const text = z.string().min(1)

/** Azure leaves out, or says null of, what there is none of. */
export const optionalText = z.string().nullish()

export const tags = z.record(z.string(), z.string()).nullish()

/** ISO 8601 in any of the forms that Azure writes; what no calendar knows is no moment. */
export const moment = z.string().refine((said) => !Number.isNaN(Date.parse(said)), 'expected a moment')

/** A page of a list. Where the next one is, is judged against the question: `nextPage` in expected.ts. */
export const page = <T extends z.ZodType>(item: T) => z.object({ value: z.array(item), nextLink: z.string().nullish() })

/** An answer to a change: nothing in it is read, since what was changed is looked at again. */
export const done = z.object({ id: text })
