import { z } from 'zod'
import type { Approval } from '../../domain/resources/subscription.ts'
import { done, moment, optionalText, page, tags, text } from './words.ts'

// Answers about a subscription and what is in it: https://learn.microsoft.com/rest/api/resources

export const subscription = z.object({
  tenantId: text,
  state: text,
  displayName: optionalText,
  // An offer that is not told is a finding of its own.
  subscriptionPolicies: z.object({ quotaId: optionalText, spendingLimit: optionalText }).nullish()
})

export const resources = page(z.object({ id: text, type: text, tags }))

export const provider = z.object({
  registrationState: text,
  resourceTypes: z.array(z.object({ resourceType: optionalText, locations: z.array(z.string()).nullish() }))
})

export const feature = z.object({ properties: z.object({ state: text }) })

const named = z.record(z.string(), z.unknown())

// Azure's definition begins these names with capitals, and the SDK client looks for them with small letters: both are read.
const profile = named
  .transform((given) => Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value])))
  .pipe(z.object({ approvedtime: moment.nullish(), approver: optionalText }))
  .transform(({ approvedtime: at, approver }): Approval | undefined =>
    at ? { at: new Date(at).toISOString(), by: approver ?? 'Microsoft' } : undefined
  )

export const featureRegistration = z.object({ properties: z.object({ authorizationProfile: profile.nullish() }) })

/** There is none: the status says it all. */
export const noBody = z.undefined()

export const resourceGroup = done
