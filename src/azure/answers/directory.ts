import { z } from 'zod'
import { optionalText, text } from './words.ts'

// Microsoft Graph: https://learn.microsoft.com/graph/api/overview

export const directoryObject = z.object({ id: text, displayName: optionalText, mail: optionalText })

export const members = z.object({
  value: z.array(z.object({ '@odata.type': text, id: text, userPrincipalName: optionalText })),
  '@odata.nextLink': z.string().optional()
})

export const organizations = z.object({
  value: z.tuple([z.object({ id: text, verifiedDomains: z.array(z.object({ name: text })) })])
})

export const skus = z.object({
  value: z.array(
    z.object({
      skuPartNumber: text,
      capabilityStatus: text,
      prepaidUnits: z.object({ enabled: z.number() }),
      servicePlans: z.array(z.object({ servicePlanId: text, provisioningStatus: text }))
    })
  ),
  '@odata.nextLink': z.string().optional()
})
