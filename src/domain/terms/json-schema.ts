import type { z } from 'zod'

/**
 * How what the app reads is described in JSON Schema. A pattern has no flags there: one that reads upper and lower case
 * alike is left out, since it would refuse what the app takes.
 */
export const asRead: z.core.ToJSONSchemaParams = {
  io: 'input',
  override: ({ zodSchema, jsonSchema }) => {
    if (zodSchema._zod.def.checks?.some(readsAnyCase) === true) delete jsonSchema.pattern
  }
}

const readsAnyCase = ({ _zod: { def } }: z.core.$ZodCheck<never>): boolean =>
  'pattern' in def && def.pattern instanceof RegExp && def.pattern.ignoreCase
