import { ofSlot } from '../terms/by-slot.ts'
import { choicesOf, type Choices } from '../terms/choices.ts'
import type { Sha256 } from '../terms/digest.ts'
import type { Slot } from '../terms/evidence.ts'
import { keyName, resourceGroupName, vaultName } from '../request/naming.ts'
import type { OnboardingRequest } from '../request/request.ts'
import { usualDeployment, type Deployment } from './deployment.ts'
import { digestOf } from './plan-digest.ts'
import type { DraftPlan, Plan, PlanContent, PlannedParty, PolicyPlan, SlotPlan, VaultPlan } from './plan.ts'
import { noticesOf, type WordlessPlan } from './plan-warnings.ts'
import { workloads } from '../terms/workloads.ts'
import { planWorkloads } from './plan-workloads.ts'

/** What a plan is built of beside its request. */
export interface PlanBasis {
  /** Those of the request whom the directory has. */
  readonly people: readonly PlannedParty[]
  readonly deployment: Deployment
}

/**
 * Everything an onboarding will make, fixed before anything is made: the one place that plans. A draft, without a digest,
 * as long as anybody of the request is not known.
 */
export function buildPlan(
  request: OnboardingRequest,
  { people, deployment }: PlanBasis,
  sha256: Sha256
): Plan | DraftPlan {
  const slots = [slotPlan(request, 1), slotPlan(request, 2)] as const
  const named = unique(slots.flatMap(({ operators, administrators }) => [...operators, ...administrators]))
  const known = named.flatMap((party) => people.find((each) => each.party === party) ?? [])
  const choices = choicesOf(request)
  const agreed = {
    id: request.id,
    organization: request.organization,
    namePrefix: request.namePrefix,
    slots,
    people: known,
    policies: request.policies.map((policy) => policyPlan(request, slots, policy)),
    ...choices,
    tags: request.tags ?? {},
    ...(request.changeTicket !== undefined && { changeTicket: request.changeTicket }),
    deployment
  }
  const content: PlanContent = {
    ...agreed,
    irreversible: irreversibleChoices(agreed),
    notices: noticesOf(agreed)
  }
  return known.length < named.length ? content : { ...content, digest: digestOf(content, sha256) }
}

/** A plan made where nobody can be looked up: it says all of the plan but whom it knows, and has no digest. */
export function draftPlan(request: OnboardingRequest, deployment: Deployment = usualDeployment): DraftPlan {
  const { digest: _, ...draft } = buildPlan(request, { people: [], deployment }, () => '')
  return draft
}

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
  ...(policy.scope !== undefined && { scope: policy.scope }),
  ...(policy.adminUrl !== undefined && { adminUrl: policy.adminUrl }),
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

const irreversibleChoices = ({ policies, slots, ...choices }: WordlessPlan): string[] => [
  `Mandatory retention is registered on subscriptions ${slots.map((slot) => slot.subscriptionId).join(' and ')}: ` +
    'from then on they cannot be cancelled at once, and this app never takes the registration back.',
  `Purge protection is on for all ${policies.length * 2} vaults: nobody, not even Microsoft, can switch it off.`,
  'What is deleted from a vault stays recoverable for 90 days: the period is fixed when the vault is made.',
  'Vault names and regions are final: a vault can be neither renamed nor moved.',
  `Keys are RSA keys of ${choices.keySize} bits ${originOfKeys(choices)}: type and size of a key never change.`,
  ...planWorkloads({ policies }).flatMap((workload) => workloads[workload].noWayBack?.irreversible ?? [])
]

function originOfKeys({ sku, keys }: Pick<Choices, 'sku' | 'keys'>): string {
  const place = sku === 'premium' ? 'a hardware security module' : 'software, for a test'
  return keys === 'created' ? `made in ${place}` : `that your people make and import into ${place}`
}
