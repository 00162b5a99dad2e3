import { z } from 'zod'

/** `not-available`: the configuration says that the store can hold no immutability, and every report shows it. */
export const immutability = z
  .enum(['required', 'not-available'])
  .meta({ description: 'not-available: backups are not immutable' })

export type Immutability = z.output<typeof immutability>
