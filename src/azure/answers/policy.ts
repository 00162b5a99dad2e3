import { z } from 'zod'
import { moment, optionalText, page, text, wordOf } from './words.ts'

// https://learn.microsoft.com/rest/api/policyauthorization
// Shapes of what is published: https://github.com/Azure/azure-policy. Many parameters there have no default.

const parameterValues = z.record(z.string(), z.looseObject({ value: z.unknown() })).nullish()
const parameterDefaults = z.record(z.string(), z.looseObject({ defaultValue: z.unknown().optional() })).nullish()

const texts = z.array(z.string()).nullish()
const selectors = z.array(z.object({ kind: z.string(), in: texts, notIn: texts })).nullish()
const resourceSelectors = z.array(z.object({ selectors })).nullish()

export const assignment = z.object({
  id: text,
  properties: z.object({
    policyDefinitionId: text,
    definitionVersion: optionalText,
    parameters: parameterValues,
    enforcementMode: wordOf('Default', 'DoNotEnforce').nullish(),
    notScopes: texts,
    resourceSelectors,
    overrides: z.array(z.object({ kind: optionalText, value: z.unknown(), selectors })).nullish()
  })
})

export const exemption = z.object({
  id: text,
  properties: z.object({
    policyAssignmentId: text,
    policyDefinitionReferenceIds: texts,
    expiresOn: moment.nullish().or(z.literal('')),
    resourceSelectors
  })
})

export const definition = z.object({
  mode: optionalText,
  version: optionalText,
  parameters: parameterDefaults,
  policyRule: z.object({
    if: z.record(z.string(), z.unknown()),
    then: z.object({ effect: text, details: z.unknown().optional() })
  })
})

const reference = z.object({
  policyDefinitionId: text,
  policyDefinitionReferenceId: optionalText,
  definitionVersion: optionalText,
  parameters: parameterValues
})

export const initiative = z.object({ parameters: parameterDefaults, policyDefinitions: z.array(reference) })

/**
 * What each is known by. The rest is held to its shape for each by itself: one that does not fit is a finding about that one,
 * and hides no other.
 */
export const named = z
  .looseObject({
    id: text,
    name: optionalText,
    properties: z.looseObject({ displayName: optionalText, policyType: optionalText })
  })
  .transform((each) => ({ ...each, name: each.name || each.id.slice(each.id.lastIndexOf('/') + 1) }))

export const policyPage = page(named)

export type Named = z.output<typeof named>
export type Assignment = z.output<typeof assignment>
export type Exemption = z.output<typeof exemption>
export type Definition = z.output<typeof definition>
export type Reference = z.output<typeof reference>
export type ParameterValues = z.output<typeof parameterValues>
export type ParameterDefaults = z.output<typeof parameterDefaults>
