import { z } from 'zod'

const parameterValues = z.record(z.string(), z.object({ value: z.unknown() })).nullish()
const parameterDefaults = z.record(z.string(), z.object({ defaultValue: z.unknown() })).nullish()

const assignment = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    displayName: z.string().nullish(),
    policyDefinitionId: z.string(),
    parameters: parameterValues,
    enforcementMode: z.string().nullish(),
    notScopes: z.array(z.string()).nullish()
  })
})

const exemption = z.object({
  properties: z.object({
    policyAssignmentId: z.string(),
    policyDefinitionReferenceIds: z.array(z.string()).nullish(),
    expiresOn: z.string().nullish()
  })
})

export const definition = z.object({
  name: z.string(),
  properties: z.object({
    displayName: z.string().nullish(),
    parameters: parameterDefaults,
    policyRule: z.object({ then: z.object({ effect: z.string() }) }).loose()
  })
})

const reference = z.object({
  policyDefinitionId: z.string(),
  policyDefinitionReferenceId: z.string().nullish(),
  parameters: parameterValues
})

export const initiative = z.object({
  properties: z.object({ parameters: parameterDefaults, policyDefinitions: z.array(reference) })
})

const pageOf = <T extends z.ZodType>(item: T) => z.object({ value: z.array(item), nextLink: z.string().nullish() })
export const assignments = pageOf(assignment)
export const exemptions = pageOf(exemption)

export type Assignment = z.output<typeof assignment>
export type Exemption = z.output<typeof exemption>
export type Definition = z.output<typeof definition>
export type Reference = z.output<typeof reference>

/** What a parameter stands for: given values before defaults, one step through `[parameters('name')]`. */
export type Scope = (name: string) => unknown

export function scopeOf(
  given: z.output<typeof parameterValues>,
  defaults: z.output<typeof parameterDefaults>,
  outer: Scope = () => undefined
): Scope {
  return (name) => {
    const value = valueIn(given, name)
    return value === undefined ? valueIn(defaults, name) : resolved(value, outer)
  }
}

/** A text like `[parameters('effect')]` is what the parameter says; anything else is itself. */
export function resolved(value: unknown, scope: Scope): unknown {
  const name = typeof value === 'string' ? /^\[parameters\('([^']+)'\)\]$/i.exec(value)?.[1] : undefined
  return name === undefined ? value : scope(name)
}

/** Azure finds parameters in any case. */
function valueIn(
  values: Readonly<Record<string, { value?: unknown; defaultValue?: unknown }>> | null | undefined,
  name: string
) {
  const found = Object.entries(values ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
  return found?.value ?? found?.defaultValue
}
