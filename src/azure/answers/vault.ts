import { z } from 'zod'
import { moment, optionalText, page, tags, text, wordOf } from './words.ts'

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
    sku: z.object({ name: wordOf('standard', 'premium') }),
    provisioningState: wordOf('Succeeded', 'RegisteringDns').nullish(),
    accessPolicies: z.array(accessPolicy).nullish(),
    enableSoftDelete: flag,
    softDeleteRetentionInDays: z.int().nullish(),
    enablePurgeProtection: flag,
    enableRbacAuthorization: flag,
    publicNetworkAccess: optionalText, // a text by its definition: its readers compare without case
    networkAcls: z
      .object({
        defaultAction: wordOf('Allow', 'Deny').nullish(),
        bypass: wordOf('AzureServices', 'None').nullish(),
        ipRules: rules,
        virtualNetworkRules: rules
      })
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

export const vaults = page(vault)

export const deletedVault = z.object({
  name: text,
  // What cannot be read of it is not told: that there is one is what counts.
  properties: z.object({ scheduledPurgeDate: moment.nullish() }).nullish()
})

/** Where each was is what they are listed for. */
export const deletedVaults = page(z.object({ name: text, properties: z.object({ location: optionalText }).nullish() }))

export const vaultName = z.object({
  nameAvailable: z.boolean(),
  reason: wordOf('AccountNameInvalid', 'AlreadyExists').nullish()
})

export const changedPolicies = z.object({ properties: z.object({ accessPolicies: z.array(accessPolicy) }) })
