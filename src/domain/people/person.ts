import { z } from 'zod'

/**
 * A person by the claims of their sign-in: object ids of the account and of its tenant (DESIGN rule 14). Names change and are
 * given to others; an account that was deleted and made again under its name is another person.
 */
export const person = z.object({ oid: z.string(), tid: z.string() })

export type Person = z.output<typeof person>
