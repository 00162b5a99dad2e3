import { z } from 'zod'
import { optionalText, page, text, wordOf } from './words.ts'

// https://learn.microsoft.com/rest/api/eventgrid
const said = optionalText.transform((value) => value ?? '')

const stateSaid = wordOf('Creating', 'Updating', 'Deleting', 'Succeeded', 'Canceled', 'Failed', 'AwaitingManualAction')
  .nullish()
  .or(z.literal(''))
  .transform((state) => state ?? '')

const topic = z.object({
  id: text,
  name: text,
  location: text,
  identity: z.object({ userAssignedIdentities: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  properties: z.object({ source: text, provisioningState: stateSaid })
})

const subscription = z.object({
  name: text,
  properties: z.object({
    provisioningState: stateSaid,
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
    eventDeliverySchema: wordOf('EventGridSchema', 'CustomInputSchema', 'CloudEventSchemaV1_0')
      .nullish()
      .transform((schema) => schema ?? ''),
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
