import { z } from 'zod'
import { moment, optionalText, page, text } from './words.ts'

// https://learn.microsoft.com/rest/api/policyauthorization

const parameterValues = z.record(z.string(), z.object({ value: z.unknown() })).nullish()
const parameterDefaults = z.record(z.string(), z.object({ defaultValue: z.unknown() })).nullish()

const assignment = z.object({
  id: text,
  name: text,
  properties: z.object({
    displayName: optionalText,
    policyDefinitionId: text,
    parameters: parameterValues,
    enforcementMode: optionalText,
    notScopes: z.array(z.string()).nullish()
  })
})

const exemption = z.object({
  properties: z.object({
    policyAssignmentId: text,
    policyDefinitionReferenceIds: z.array(z.string()).nullish(),
    expiresOn: moment.nullish()
  })
})

export const definition = z.object({
  name: text,
  properties: z.object({
    displayName: optionalText,
    parameters: parameterDefaults,
    policyRule: z.object({ if: z.object({}).loose(), then: z.object({ effect: text }) }).loose()
  })
})

const reference = z.object({
  policyDefinitionId: text,
  policyDefinitionReferenceId: optionalText,
  parameters: parameterValues
})

export const initiative = z.object({
  properties: z.object({ parameters: parameterDefaults, policyDefinitions: z.array(reference) })
})

export const assignments = page(assignment)
export const exemptions = page(exemption)

export type Assignment = z.output<typeof assignment>
export type Exemption = z.output<typeof exemption>
export type Definition = z.output<typeof definition>
export type Reference = z.output<typeof reference>
export type ParameterValues = z.output<typeof parameterValues>
export type ParameterDefaults = z.output<typeof parameterDefaults>
