import { z } from 'zod'

/** The answer to a task that is done or not. */
export const done = { component: 'RetryAnswer', schema: z.strictObject({}), example: {} }

/** The form of such a task has a button alone. */
export const buttonAlone = { fields: [], toAnswer: () => ({}) }
