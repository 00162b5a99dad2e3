import { z } from 'zod'
import type { Approval } from '../../domain/resources/subscription.ts'
import { done, moment, optionalText, page, tags, text, wordOf } from './words.ts'

// Answers about a subscription and what is in it: https://learn.microsoft.com/rest/api/resources

export const subscription = z.object({
  tenantId: text,
  state: wordOf('Enabled', 'Warned', 'PastDue', 'Disabled', 'Deleted'),
  displayName: optionalText,
  // An offer that is not told is a finding of its own.
  subscriptionPolicies: z
    .object({ quotaId: optionalText, spendingLimit: wordOf('On', 'Off', 'CurrentPeriodOff').nullish() })
    .nullish()
})

export const resources = page(z.object({ id: text, type: optionalText, tags }))

const registrationState = wordOf('NotRegistered', 'Registering', 'Registered', 'Unregistering')

export const registeredProvider = z.object({ registrationState })

export const provider = z.object({
  registrationState,
  resourceTypes: z.array(z.object({ resourceType: optionalText, locations: z.array(z.string()).nullish() }))
})

/** `FeatureRegistrationState` of the definition of registrations. */
const featureState = wordOf(
  'NotSpecified',
  'NotRegistered',
  'Pending',
  'Registering',
  'Registered',
  'Unregistering',
  'Unregistered'
)

export const feature = z.object({ properties: z.object({ state: featureState }) })

const named = z.record(z.string(), z.unknown())

// Azure's definition begins these names with capitals, and the SDK client looks for them with small letters: both are read.
const profile = named
  .transform((given) => Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value])))
  .pipe(z.object({ approvedtime: optionalText, approver: optionalText }))
  .transform(({ approvedtime: at, approver }): Approval | undefined =>
    // One that is not approved yet has an empty moment, or none; a form that nobody knows tells no moment either.
    at && moment.safeParse(at).success ? { at: new Date(at).toISOString(), by: approver || 'Microsoft' } : undefined
  )

export const featureRegistration = z.object({
  id: text,
  properties: z.object({ authorizationProfile: profile.nullish() }).nullish()
})

export const resourceGroup = z.object({ id: text, name: text })

export const madeGroup = done
