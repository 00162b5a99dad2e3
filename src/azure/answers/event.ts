import { z } from 'zod'
import { optionalText, page, text } from './words.ts'

// https://learn.microsoft.com/rest/api/eventgrid
const said = optionalText.transform((value) => value ?? '')

const topic = z.object({
  id: text,
  name: text,
  location: text,
  identity: z.object({ userAssignedIdentities: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  properties: z.object({ source: text, provisioningState: said })
})

const subscription = z.object({
  name: text,
  properties: z.object({
    provisioningState: said,
    destination: z
      .object({ properties: z.object({ endpointBaseUrl: said }).nullish() })
      .nullish()
      .transform((found) => found?.properties?.endpointBaseUrl ?? ''),
    filter: z
      .object({
        includedEventTypes: z
          .array(z.string())
          .nullish()
          .transform((types) => types ?? []),
        subjectBeginsWith: said,
        subjectEndsWith: said,
        advancedFilters: z
          .array(z.unknown())
          .nullish()
          .transform((filters) => filters ?? [])
      })
      .nullish(),
    expirationTimeUtc: said,
    eventDeliverySchema: said,
    deadLetterWithResourceIdentity: z
      .object({
        identity: z
          .object({ userAssignedIdentity: said })
          .nullish()
          .transform((found) => found?.userAssignedIdentity ?? ''),
        deadLetterDestination: z
          .object({ properties: z.object({ resourceId: said, blobContainerName: said }).nullish() })
          .nullish()
          .transform((found) => found?.properties ?? { resourceId: '', blobContainerName: '' })
      })
      .nullish()
  })
})

export const topicPage = page(topic)
export const subscriptionPage = page(subscription)

export type ArmSubscription = z.output<typeof subscription>
export type ArmTopic = z.output<typeof topic>
