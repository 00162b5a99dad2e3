import { z } from 'zod'
import { moment, optionalText, page, tags, text } from './words.ts'

// Vaults as Azure Resource Manager answers them: https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults

const permissions = z.array(z.string()).nullish()

const accessPolicy = z.object({
  tenantId: text,
  objectId: text,
  applicationId: optionalText,
  permissions: z.object({ keys: permissions, secrets: permissions, certificates: permissions, storage: permissions })
})

/** Nothing of them is judged: they are sent back as they are read. */
const rules = z.array(z.looseObject({})).nullish()

const flag = z.boolean().nullish()

const properties = z
  .object({
    tenantId: text,
    sku: z.object({ name: text }),
    provisioningState: optionalText,
    accessPolicies: z.array(accessPolicy).nullish(),
    enableSoftDelete: flag,
    softDeleteRetentionInDays: z.int().nullish(),
    enablePurgeProtection: flag,
    enableRbacAuthorization: flag,
    publicNetworkAccess: optionalText,
    networkAcls: z
      .object({ defaultAction: optionalText, bypass: optionalText, ipRules: rules, virtualNetworkRules: rules })
      .nullish()
  })
  // Without it nobody knows who may use the keys, unless roles say so.
  .refine(({ accessPolicies, enableRbacAuthorization }) => accessPolicies ?? enableRbacAuthorization, {
    path: ['accessPolicies'],
    message: 'expected array'
  })

const idOfVault = z
  .string()
  .regex(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.KeyVault\/vaults\/[^/]+\/?$/i)

export const vault = z.object({ id: idOfVault, name: text, location: text, tags, properties })

export const deletedVault = z.object({
  name: text,
  properties: z.object({ vaultId: text, scheduledPurgeDate: moment.nullish() })
})

/** Where each was is what they are listed for. */
export const deletedVaults = page(z.object({ name: text, properties: z.object({ location: optionalText }).nullish() }))

export const vaultName = z.object({ nameAvailable: z.boolean(), reason: optionalText })

export const changedPolicies = z.object({ properties: z.object({ accessPolicies: z.array(accessPolicy) }) })
