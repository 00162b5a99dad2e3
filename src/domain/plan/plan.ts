import { z } from 'zod'
import { choiceFields } from '../terms/choices.ts'
import { requirement, slot, workload } from '../terms/fields.ts'
import { deployment } from './deployment.ts'
import { planDigest } from './plan-digest.ts'

/**
 * The plan: what is built of a request, kept as a record, read by all work and shown by the API. The types below are made
 * of these schemas.
 */

const parties = z
  .array(z.string())
  .readonly()
  .meta({ description: 'User principal names and object ids of groups, lower case' })

/** A vault and where it is; its keys are whatever is in it. */
export const vaultHome = z.object({
  slot,
  subscriptionId: z.string(),
  region: z.string(),
  resourceGroup: z.string(),
  vaultName: z.string()
})

/** Everything one policy × slot will have; names are final once made (R31: a vault cannot be renamed). */
const vaultPlan = vaultHome.extend({ keyName: z.string() })

const policyPlan = z.object({
  id: z.string().meta({ description: 'exchange/NA, or multi-workload where there is no scope' }),
  workload,
  scope: z.string().optional(),
  adminUrl: z.string().optional().meta({ description: 'Of the SharePoint admin centre of its geography' }),
  vaults: z.tuple([vaultPlan, vaultPlan]).readonly()
})

const slotPlan = z.object({
  slot,
  subscriptionId: z.string(),
  region: z.string().meta({ description: 'Of its resource group, and of every vault whose policy names no other' }),
  resourceGroup: z.string().meta({ description: 'One for all its vaults (R32)' }),
  operators: parties.meta({ description: 'Any one of them may approve this slot (R11)' }),
  administrators: parties.meta({ description: 'Who gets the key vault administrators’ permissions (R33)' })
})

/** Somebody of the request, as the directory had them when the plan was made. */
const plannedParty = z.object({
  party: z.string().meta({ description: 'User principal name, or a group’s object id' }),
  objectId: z.string(),
  displayName: z.string(),
  mail: z
    .string()
    .optional()
    .meta({ description: 'As the request gives it, else as the directory has it; absent: neither' })
})

const notice = z.object({
  id: requirement,
  title: z.string()
})

const content = z.object({
  id: z.string(),
  organization: z.object({
    tenantId: z.string(),
    domain: z.string(),
    emergencyAccounts: z.array(z.string()).readonly().exactOptional().meta({
      description: 'Object ids of accounts for emergencies, which may administer both slots if operators say why (R32)'
    })
  }),
  namePrefix: z.string(),
  slots: z.tuple([slotPlan, slotPlan]).readonly(),
  people: z.array(plannedParty).readonly().meta({ description: 'Everybody named in the slots, each once' }),
  policies: z.array(policyPlan).readonly(),
  ...choiceFields,
  tags: z
    .record(z.string(), z.string())
    .readonly()
    .meta({ description: 'Of resource groups and vaults, beside the app’s own' }),
  changeTicket: z.string().optional(),
  deployment,
  irreversible: z.array(z.string()).readonly().meta({ description: 'One sentence each: what cannot be undone later' }),
  notices: z.array(notice).readonly().meta({ description: 'What to know before approving' })
})

/** A plan that people may approve: everybody named in it is known by object id. */
export const plan = content.extend({ digest: planDigest })

/** A plan as the API shows it: without a digest while nobody may approve it. */
export const shownPlan = content.extend({ digest: planDigest.optional() })

export type VaultHome = z.output<typeof vaultHome>
export type VaultPlan = z.output<typeof vaultPlan>
export type PolicyPlan = z.output<typeof policyPlan>
export type SlotPlan = z.output<typeof slotPlan>
export type PlannedParty = z.output<typeof plannedParty>

/** All of a plan but its digest. */
export type PlanContent = z.output<typeof content>

/** What is approved, kept and carried out. */
export type Plan = z.output<typeof plan>

/** A plan that nobody can approve: made offline, or with somebody in it whom the directory does not have. */
export type DraftPlan = PlanContent & { readonly digest?: undefined }

/** Whether people may approve it. */
export const isPlan = (either: Plan | DraftPlan): either is Plan => either.digest !== undefined

/** Work carries the name and digest of its plan, and reads the record. */
export interface PlanRef {
  /** In the records container. */
  readonly name: string
  readonly digest: string
}
