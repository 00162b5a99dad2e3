import { ofSlot } from '../terms/by-slot.ts'
import { choicesOf, type Choices } from '../terms/choices.ts'
import { canonicalJson, type Sha256 } from '../terms/digest.ts'
import type { Slot } from '../terms/evidence.ts'
import { keyName, resourceGroupName, vaultName } from '../request/naming.ts'
import type { Plan, PolicyPlan, SlotPlan, VaultPlan } from './plan.ts'
import type { OnboardingRequest } from '../request/request.ts'
import type { Workload } from '../terms/workloads.ts'

/** Everything an onboarding will make, fixed before anything is made. The same request gives the same plan. */
export function buildPlan(request: OnboardingRequest, sha256: Sha256): Plan {
  const slots = [slotPlan(request, 1), slotPlan(request, 2)] as const
  const content = {
    id: request.id,
    organization: request.organization,
    slots,
    policies: request.policies.map((policy) => policyPlan(request, slots, policy)),
    keySize: request.keySize,
    ...choicesOf(request),
    mail: request.mail ?? 'app',
    irreversible: irreversibleChoices(request, slots)
  }
  return { ...content, digest: sha256(canonicalJson(content)) }
}

export interface PlanSummary {
  readonly policies: number
  readonly subscriptions: number
  readonly vaults: number
  readonly keys: number
}

export function planSummary({ policies, slots }: Plan): PlanSummary {
  const vaults = policies.length * slots.length
  return { policies: policies.length, subscriptions: slots.length, vaults, keys: vaults }
}

/** The workloads a plan has policies of, each once, in the request's order. */
export const planWorkloads = ({ policies }: Plan): Workload[] => [...new Set(policies.map(({ workload }) => workload))]

type PolicyRequest = OnboardingRequest['policies'][number]

function slotPlan({ subscriptions, namePrefix }: OnboardingRequest, slot: Slot): SlotPlan {
  const subscription = subscriptions.find((candidate) => candidate.slot === slot)
  if (subscription === undefined) throw new Error(`The request has no subscription in slot ${slot}. Parse it first.`)
  return {
    slot,
    subscriptionId: subscription.id,
    region: subscription.region,
    resourceGroup: resourceGroupName(namePrefix, slot),
    operators: unique(subscription.operators),
    administrators: unique(subscription.administrators ?? subscription.operators)
  }
}

const unique = (people: readonly string[]): string[] => [...new Set(people)]

const policyPlan = (
  request: OnboardingRequest,
  slots: readonly [SlotPlan, SlotPlan],
  policy: PolicyRequest
): PolicyPlan => ({
  id: policy.scope === undefined ? policy.workload : `${policy.workload}/${policy.scope}`,
  workload: policy.workload,
  scope: policy.scope,
  vaults: [vaultPlan(request, slots[0], policy), vaultPlan(request, slots[1], policy)]
})

function vaultPlan({ namePrefix }: OnboardingRequest, plan: SlotPlan, policy: PolicyRequest): VaultPlan {
  const { slot, subscriptionId, region, resourceGroup } = plan
  const { workload, scope } = policy
  const name =
    (policy.vaultNames && ofSlot(policy.vaultNames, slot)) ?? vaultName({ namePrefix, workload, scope, slot })
  return {
    slot,
    subscriptionId,
    region: (policy.regions && ofSlot(policy.regions, slot)) ?? region,
    resourceGroup,
    vaultName: name,
    keyName: keyName(name)
  }
}

const irreversibleChoices = (
  { policies, keySize, ...request }: OnboardingRequest,
  slots: readonly SlotPlan[]
): string[] => [
  `Mandatory retention is registered on subscriptions ${slots.map((slot) => slot.subscriptionId).join(' and ')}: ` +
    'from then on they cannot be cancelled at once, and this app never takes the registration back.',
  `Purge protection is on for all ${policies.length * 2} vaults: nobody, not even Microsoft, can switch it off.`,
  'What is deleted from a vault stays recoverable for 90 days: the period is fixed when the vault is made.',
  'Vault names and regions are final: a vault can be neither renamed nor moved.',
  `Keys are RSA keys of ${keySize} bits ${originOfKeys(choicesOf(request))}: type and size of a key never change.`,
  ...(policies.some(({ workload }) => workload === 'sharepoint')
    ? ['Once SharePoint and OneDrive are encrypted with these keys, there is no way back to Microsoft’s own keys.']
    : [])
]

function originOfKeys({ sku, keys }: Choices): string {
  const place = sku === 'premium' ? 'a hardware security module' : 'software, for a test'
  return keys === 'created' ? `made in ${place}` : `that your people make and import into ${place}`
}
