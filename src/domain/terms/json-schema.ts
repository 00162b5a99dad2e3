import type { z } from 'zod'

type Parameters = z.core.ToJSONSchemaParams

/**
 * A pattern has no flags in JSON Schema. One that reads upper and lower case alike is left out, since it would refuse what the
 * app takes; so is one that only means anything with the flag `u`, which not every validator sets.
 */
const withoutFlags: NonNullable<Parameters['override']> = ({ zodSchema, jsonSchema }) => {
  if (zodSchema._zod.def.checks?.some(needsFlag) === true) delete jsonSchema.pattern
}

const needsFlag = ({ _zod: { def } }: z.core.$ZodCheck<never>): boolean =>
  'pattern' in def && def.pattern instanceof RegExp && (def.pattern.ignoreCase || def.pattern.unicode)

/** How what the app reads is described in JSON Schema. */
export const asRead: Parameters = { io: 'input', override: withoutFlags }

/** How what it answers is. */
export const asAnswered: Parameters = { io: 'output', override: withoutFlags }
