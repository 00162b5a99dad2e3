import { eventGridVersion, eventSubscriptionName, requestedSubscription, requestedTopic } from './events-by-hand.ts'
import type { PlannedWrite } from '../governance/planned-write.ts'
import type { PlanContent, PolicyPlan, SlotPlan, VaultHome, VaultPlan } from '../plan/plan.ts'
import { requestedVault } from '../plan/requested-vault.ts'
import type { EventTarget } from '../resources/event-subscription.ts'
import type { Slot } from '../terms/evidence.ts'
import { ofSlot } from '../terms/by-slot.ts'
import { onboardingTag } from '../terms/tags.ts'
import { vaultResourceId } from '../terms/vault-id.ts'

export interface Making {
  readonly plan: PlanContent
  readonly slot: Slot
  readonly onboarding: string
  /** ISO 8601 UTC */
  readonly now: string
  /** Where events of a vault go; nothing where none are asked for. */
  readonly events?: (vault: VaultPlan) => EventTarget | undefined
  /** Before the hand-off everything is there. */
  readonly isMade: boolean
}

/** All that the app writes in the subscription of a slot, as it writes it: the group, and vault, key and events of each. */
export function plannedWrites(making: Making): PlannedWrite[] {
  const slot = ofSlot(making.plan.slots, making.slot)
  const group = groupWrite(slot, making)
  const vaults = making.plan.policies.flatMap((policy) =>
    policy.vaults.filter((vault) => vault.slot === making.slot).map((vault) => ({ policy, vault }))
  )
  return [group, ...vaults.flatMap((each) => writesOf(each, { making, group }))]
}

function groupWrite(
  { subscriptionId, resourceGroup, region }: SlotPlan,
  { plan, onboarding, isMade }: Making
): PlannedWrite & Group {
  return {
    type: 'Microsoft.Resources/subscriptions/resourceGroups',
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
    name: resourceGroup,
    fullName: resourceGroup,
    location: region,
    tags: { ...plan.tags, [onboardingTag]: onboarding },
    properties: {},
    apiVersion: '2025-04-01',
    isNeeded: !isMade
  }
}

interface VaultOfPolicy {
  readonly policy: PolicyPlan
  readonly vault: VaultPlan
}

type Group = NonNullable<PlannedWrite['group']>

interface Around {
  readonly making: Making
  readonly group: Group
}

function writesOf({ policy, vault }: VaultOfPolicy, around: Around): PlannedWrite[] {
  const { plan, onboarding, isMade } = around.making
  const owner = {
    tenantId: plan.organization.tenantId,
    onboardingId: onboarding,
    policyId: policy.id,
    sku: plan.sku,
    authorization: plan.authorization,
    tags: plan.tags
  }
  const id = vaultResourceId(vault)
  const type = 'Microsoft.KeyVault/vaults'
  const named = { type, id, name: vault.vaultName, fullName: vault.vaultName }
  return [
    { ...named, ...requestedVault(vault, owner), apiVersion: '2026-02-01', group: around.group, isNeeded: !isMade },
    keyWrite(vault, around),
    ...eventWrites(vault, around)
  ]
}

/** Key Vault itself asks Azure Policy about keys. An imported one is judged like one that is made. */
function keyWrite(vault: VaultPlan, { making, group }: Around): PlannedWrite {
  const { keySize, sku } = making.plan
  return {
    type: 'Microsoft.KeyVault.Data/vaults/keys',
    id: `${vaultResourceId(vault)}/keys/${vault.keyName}`,
    name: vault.keyName,
    fullName: `${vault.vaultName}/${vault.keyName}`,
    location: vault.region,
    properties: {
      keyType: sku === 'premium' ? 'RSA-HSM' : 'RSA',
      keySize,
      attributes: { enabled: true, createdOn: making.now }
    },
    group,
    isNeeded: true
  }
}

/** Nothing waits on events: an onboarding goes on without (DESIGN rule 11). */
function eventWrites(vault: VaultPlan, { making, group }: Around): PlannedWrite[] {
  const target = making.events?.(vault)
  if (!target) return []
  const topic = `${vault.vaultName}-events`
  const id = `${group.id}/providers/Microsoft.EventGrid/systemTopics/${topic}`
  const tags = { ...making.plan.tags, [onboardingTag]: making.onboarding }
  return [
    {
      type: 'Microsoft.EventGrid/systemTopics',
      id,
      name: topic,
      fullName: topic,
      ...topicBody(vault, target, tags),
      apiVersion: eventGridVersion,
      group,
      isNeeded: false
    },
    {
      type: 'Microsoft.EventGrid/systemTopics/eventSubscriptions',
      id: `${id}/eventSubscriptions/${eventSubscriptionName}`,
      name: eventSubscriptionName,
      fullName: `${topic}/${eventSubscriptionName}`,
      properties: requestedSubscription(target.endpoint, target).properties,
      apiVersion: eventGridVersion,
      group,
      isNeeded: false
    }
  ]
}

function topicBody(vault: VaultPlan, target: EventTarget, tags: Readonly<Record<string, string>>) {
  const { location, identity, properties } = requestedTopic(vaultResourceId(vault), target, tags)
  return { location, tags, identity: identity.type, properties }
}

/** A key of a vault that others made: how it was made nobody tells. */
export const keptKeyWrite = (vault: VaultHome, now: string): PlannedWrite => ({
  type: 'Microsoft.KeyVault.Data/vaults/keys',
  id: `${vaultResourceId(vault)}/keys/KEY`,
  name: 'KEY',
  fullName: `${vault.vaultName}/KEY`,
  location: vault.region,
  properties: { attributes: { enabled: true, createdOn: now } },
  isNeeded: true
})
