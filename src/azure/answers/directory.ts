import { z } from 'zod'
import { optionalText, text, wordOf } from './words.ts'

// Microsoft Graph: https://learn.microsoft.com/graph/api/overview

export const directoryObject = z.object({ id: text, displayName: optionalText })

export const user = directoryObject.extend({ userPrincipalName: text, mail: optionalText, accountEnabled: z.boolean() })

export const usersFound = z.object({ value: z.array(user), '@odata.nextLink': z.string().optional() })

/** `value` is what a sign-in's claims name a role by; https://learn.microsoft.com/graph/api/resources/serviceprincipal */
export const servicePrincipal = directoryObject.extend({
  accountEnabled: z.boolean().nullish(),
  appRoles: z.array(z.object({ id: text, value: optionalText })).optional()
})

export const assignedRoles = z.object({
  value: z.array(z.object({ principalId: text, principalType: text, appRoleId: text })),
  '@odata.nextLink': z.string().optional()
})

/** Of at most as many as were asked about: there is no next page, and one that is told of is none that could be passed over. */
export const ids = z.object({ value: z.array(text), '@odata.nextLink': z.undefined().optional() })

export const eligibilities = z.object({
  value: z.array(z.object({ principalId: text, groupId: text })),
  '@odata.nextLink': z.string().optional()
})

export const members = z.object({
  value: z.array(z.object({ '@odata.type': text, id: text, userPrincipalName: optionalText, mail: optionalText })),
  '@odata.nextLink': z.string().optional()
})

/** There is one, whatever the list might hold. */
export const organizations = z.object({
  value: z.tuple([z.object({ id: text, verifiedDomains: z.array(z.object({ name: text })) })]),
  '@odata.nextLink': z.undefined().optional()
})

export const skus = z.object({
  value: z.array(
    z.object({
      skuPartNumber: text,
      // https://learn.microsoft.com/graph/api/resources/subscribedsku: what it does not say of a licence is not had by it.
      capabilityStatus: wordOf('Enabled', 'Warning', 'Suspended', 'Deleted', 'LockedOut')
        .nullish()
        .transform((status) => status ?? ''),
      prepaidUnits: z
        .object({ enabled: z.number().nullish() })
        .nullish()
        .transform((units) => units?.enabled ?? 0),
      servicePlans: z
        .array(
          z.object({
            servicePlanId: text,
            provisioningStatus: wordOf(
              'Success',
              'PendingInput',
              'PendingActivation',
              'PendingProvisioning',
              'Disabled',
              'Error'
            )
              .nullish()
              .transform((status) => status ?? '')
          })
        )
        .nullish()
        .transform((plans) => plans ?? [])
    })
  ),
  '@odata.nextLink': z.string().optional()
})
