import type { ReachableAzure } from '../../local/azure/start.ts'
import {
  otherResources,
  registeredProviders,
  subscriptions,
  type SubscriptionRecord
} from '../../local/azure/arm/resources/records.ts'
import { retentions, type Retention } from '../../local/azure/arm/features/retention.ts'
import { roleAssignments } from '../../local/azure/arm/authorization/roles.ts'
import {
  namesHeldElsewhere,
  vaults,
  type AccessPolicy,
  type VaultProperties
} from '../../local/azure/arm/keyvault-management/vault-record.ts'
import {
  eventSubscriptions,
  systemTopics,
  type EventSubscriptionRecord
} from '../../local/azure/eventgrid/topic-record.ts'
import { removeSetupRole } from '../../local/azure/setup-roles.ts'
import { undeliverable } from '../../local/azure/email/operation.ts'
import { servicePrincipals, tenants, users } from '../../local/azure/graph/directory.ts'
import { groups } from '../../local/azure/graph/groups.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { keysOf, type KeyRecord, type KeyVersion } from '../../local/azure/keyvault/key-record.ts'
import { protections } from '../../local/azure/storage/worm.ts'
import type { Requirement } from '../../src/domain/terms/evidence.ts'
import { workloads } from '../../src/domain/terms/workloads.ts'
import { fabrikam, subscriptionIds } from '../app/requests.ts'
import { deletedBefore } from './deleted-before.ts'
import { administratorsOfBoth, given, olderSetup, olderTemplates, withoutRoles } from './given-roles.ts'
import { assigned } from './policy-cases.ts'
import { policyRules } from './policy-rules.ts'
import { added, altered, anotherUnkept, each, removed, together, type Spoil } from './spoil.ts'

/** One rule of Microsoft's article, broken in the simulated Azure and nothing else with it. */
export interface BrokenRule {
  readonly requirement: Requirement
  /** What the run finds, and all it finds. */
  readonly code: string
  /** A second finding that the same change makes. */
  readonly also?: string
  readonly alsoOf?: Requirement // of another requirement
  readonly spoil: Spoil
  /** What an operator answers once it is cured; a mail that bounced stays so. */
  readonly answer?: 'override'
  /** What comes after it goes on only once this was found and cured. */
  readonly needed?: true
}

const [slot1, slot2] = subscriptionIds
const {
  organization: { tenantId }
} = fabrikam()

/** A group that stands for slot 2 beside its operators. */
export const keepers = '0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'
const vault1 = 'fabri-ck-sp-eur-vaulta1'
const vault2 = 'fabri-ck-sp-eur-vaulta2'
const keyId = `${vault1}/${vault1}-key001`
const topicId = `/subscriptions/${slot1}/resourcegroups/rg-fabri-ck-slot1/providers/microsoft.eventgrid/systemtopics/${vault1}-events`
const { appId: sharePoint, alias } = workloads.sharepoint

/** A vault that lost its tag is ours as before: nothing says that it is foreign. */
const untagged: BrokenRule = {
  requirement: 'R45',
  code: `vault-tagged-${vault1}`,
  spoil: altered(vaults, vault1, (found) => ({ ...found, tags: {} }))
}

/** Before anything is changed. */
export const preflightRules: readonly BrokenRule[] = [
  { requirement: 'R2', code: 'offer-type-slot-1', spoil: subscription(slot1, { quotaId: 'FreeTrial_2014-09-01' }) },
  { requirement: 'R2', code: 'spending-limit-slot-2', spoil: subscription(slot2, { spendingLimit: 'On' }) },
  {
    requirement: 'R3',
    code: 'licence-tenant',
    spoil: altered(tenants, 'tenant', (tenant) => ({ ...tenant, skus: [] }))
  },
  { requirement: 'R7', code: 'subscription-enabled-slot-1', spoil: subscription(slot1, { state: 'PastDue' }) },
  {
    requirement: 'R7',
    code: 'provider-registered-slot-2',
    spoil: removed(registeredProviders, `${slot2}/microsoft.keyvault`)
  },
  ...olderTemplates,
  olderSetup,
  withoutRoles,
  { requirement: 'R7', code: 'subscription-readable-slot-2', spoil: removed(subscriptions, slot2) },
  ...administratorsOfBoth,
  { requirement: 'R8', code: 'other-tenant-slot-1', spoil: subscription(slot1, { tenantId: keepers }) },
  {
    requirement: 'R8',
    code: 'verified-domain-tenant',
    spoil: altered(tenants, 'tenant', (tenant) => ({
      ...tenant,
      domains: tenant.domains.filter(({ isInitial }) => isInitial)
    }))
  },
  {
    requirement: 'R11',
    code: `group-people-${keepers}`,
    spoil: altered(groups, keepers, (group) => ({ ...group, members: [] }))
  },
  { requirement: 'R11', code: `group-people-${keepers}`, spoil: removed(groups, keepers) },
  {
    requirement: 'R11',
    code: 'slots-disjoint-tenant',
    spoil: altered(groups, keepers, (group) => ({
      ...group,
      members: [...group.members, userId(tenantId, 'alice@fabrikam.com')]
    }))
  },
  {
    requirement: 'R12',
    code: 'foreign-resources-slot-2',
    spoil: added(otherResources, 'a machine', {
      id: `/subscriptions/${slot2}/resourceGroups/other/providers/Microsoft.Compute/virtualMachines/vm-1`,
      name: 'vm-1',
      type: 'Microsoft.Compute/virtualMachines',
      location: 'northeurope',
      subscriptionId: slot2
    })
  },
  { requirement: 'R31', code: `vault-name-free-${vault2}`, spoil: added(namesHeldElsewhere, vault2, {}) },
  {
    requirement: 'R31',
    code: `vault-name-free-${vault1}`,
    answer: 'override',
    needed: true,
    spoil: (azure) => {
      deletedBefore(azure)
      return () => undefined
    } // the override recovers it, later
  },
  { requirement: 'R33', code: 'administrator-bob-fabrikam-com', spoil: removed(users, 'bob@fabrikam.com') },
  { requirement: 'R37', code: 'service-principal-sharepoint', spoil: removed(servicePrincipals, sharePoint) },
  {
    requirement: 'R38',
    code: 'service-principal-name-sharepoint',
    spoil: altered(servicePrincipals, sharePoint, (found) => ({ ...found, displayName: 'SharePoint, said somebody' }))
  },
  {
    requirement: 'R36',
    code: 'service-principal-enabled-sharepoint',
    spoil: altered(servicePrincipals, sharePoint, (found) => ({ ...found, accountEnabled: false }))
  },
  ...policyRules
]

/** From the registration to Microsoft's answer. */
export const registrationRules: readonly BrokenRule[] = [
  { requirement: 'R20', code: 'registration-sent-slot-1', spoil: registration(slot1, { shows: 'Unregistered' }) },
  {
    requirement: 'R22',
    code: `mail-not-delivered-${alias.replaceAll(/[^a-z0-9]+/g, '-')}`,
    answer: 'override',
    spoil: added(undeliverable, alias, {})
  },
  { requirement: 'R26', code: 'registered-slot-2', spoil: registration(slot2, { shows: 'Unregistered' }) },
  { requirement: 'R26', code: 'registered-slot-1', spoil: registration(slot1, { shows: 'NotRegistered' }) },
  { requirement: 'R26', code: 'registered-slot-1', spoil: registration(slot1, { shows: 'Reconsidering' }) },
  { requirement: 'R7', code: 'subscription-disabled-provider', spoil: subscription(slot1, { state: 'Disabled' }) }
]

/** While vaults and keys are made: only the branch of that vault waits. */
export const makingRules: readonly BrokenRule[] = [
  { requirement: 'R31', code: `vault-name-taken-make-vault-${vault2}`, spoil: added(namesHeldElsewhere, vault2, {}) },
  { requirement: 'R44', code: `retention-not-propagated-${vault1}`, spoil: registration(slot1, { reachesKeys: false }) }
]

/** When everything is read again before the hand-off. */
export const verificationRules: readonly BrokenRule[] = [
  {
    requirement: 'R34',
    code: 'setup-role-removed-slot-1',
    also: 'setup-role-removed-slot-2',
    needed: true,
    spoil:
      ({ world }) =>
      () => {
        removeSetupRole(world, 1)
        removeSetupRole(world, 2)
      }
  },
  {
    requirement: 'R34',
    code: 'setup-role-removed-slot-2',
    spoil: given('APP', 'Owner', `/subscriptions/${slot2}`)
  },
  {
    requirement: 'R34',
    code: 'setup-role-removed-slot-2',
    spoil: given('SLOT1', 'Owner', `/subscriptions/${slot2}/resourceGroups/rg-fabri-ck-slot2`)
  },
  { requirement: 'R26', code: 'registered-slot-2', spoil: registration(slot2, { shows: 'Unregistering' }) },
  { requirement: 'R27', code: `vault-there-${vault1}`, spoil: removed(vaults, vault1) },
  { requirement: 'R28', code: `vault-premium-${vault1}`, spoil: vault({ sku: { family: 'A', name: 'standard' } }) },
  { requirement: 'R33', code: `vault-authorization-${vault1}`, spoil: vault({ enableRbacAuthorization: true }) },
  {
    requirement: 'R33',
    code: `vault-administrators-${vault1}`,
    spoil: policies((entry) => (isAdministrator(entry) ? withKeys(entry, keysOfEntry(entry).slice(1)) : entry))
  },
  {
    requirement: 'R33',
    code: `vault-slot-identity-${vault1}`,
    spoil: policies((entry) =>
      keysOfEntry(entry).includes('getrotationpolicy') ? withKeys(entry, ['get', 'list']) : entry
    )
  },
  { requirement: 'R34', code: `vault-no-others-${vault1}`, spoil: oneMore(['get']) },
  {
    requirement: 'R34',
    code: `vault-no-delete-${vault1}`,
    also: `vault-no-others-${vault1}`,
    spoil: oneMore(['delete'])
  },
  {
    requirement: 'R35',
    code: `vault-contributor-${vault1}`,
    spoil: each(
      roleAssignments,
      ({ name, scope, principalType }) => (scope.includes(slot1) && principalType === 'User' ? name : undefined),
      (held) => ({ ...held, scope: '/subscriptions/elsewhere' })
    )
  },
  {
    requirement: 'R36',
    code: `vault-service-principal-${vault1}`,
    spoil: policies((entry) => (keysOfEntry(entry).includes('wrapkey') ? withKeys(entry, ['get', 'wrapKey']) : entry))
  },
  {
    requirement: 'R36',
    code: `vault-network-${vault1}`,
    spoil: vault({ networkAcls: { defaultAction: 'Deny', bypass: 'None' } })
  },
  {
    requirement: 'R36',
    code: `vault-network-${vault1}`,
    spoil: vault({ publicNetworkAccess: 'Disabled', networkAcls: { defaultAction: 'Allow', bypass: 'None' } })
  },
  {
    requirement: 'R36',
    code: `vault-network-${vault1}`,
    spoil: vault({ publicNetworkAccess: 'SecuredByPerimeter' })
  },
  { requirement: 'R38', code: `vault-right-service-${vault1}`, spoil: oneMore(['get', 'wrapKey', 'unwrapKey']) },
  { requirement: 'R39', code: `vault-retention-${vault1}`, spoil: vault({ softDeleteRetentionInDays: 30 }) },
  {
    requirement: 'R39',
    code: `vault-purge-protection-${vault1}`,
    spoil: altered(vaults, vault1, withoutPurgeProtection)
  },
  untagged,
  { requirement: 'R40', code: `key-there-${vault1}`, spoil: removed(keysOf, keyId) },
  { requirement: 'R40', code: `key-enabled-${vault1}`, spoil: key({ enabled: false }) },
  {
    requirement: 'R40',
    code: `extra-version-${vault1}`,
    also: `backup-copied-${vault1}`, // the backup of both versions is in nobody's copy
    alsoOf: 'R45',
    spoil: altered(keysOf, keyId, (found) => ({
      ...found,
      versions: [...found.versions, { ...newest(found), version: 'f'.repeat(32) }]
    }))
  },
  { requirement: 'R40', code: `vault-one-key-${vault1}`, spoil: together(anotherKey, anotherUnkept) },
  { requirement: 'R41', code: `key-type-${vault1}`, spoil: key({ kty: 'RSA' }) },
  { requirement: 'R41', code: `key-size-${vault1}`, spoil: key({ size: 4096 }) },
  { requirement: 'R41', code: `key-operations-${vault1}`, spoil: key({ operations: ['wrapKey'] }) },
  { requirement: 'R42', code: `key-expiry-${vault1}`, spoil: key({ expires: 1_900_000_000 }) },
  { requirement: 'R42', code: `key-not-before-${vault1}`, spoil: key({ notBefore: 1_900_000_000 }) },
  {
    requirement: 'R42',
    code: `key-rotation-${vault1}`,
    spoil: altered(keysOf, keyId, (found) => ({ ...found, rotationPolicy: { attributes: { expiryTime: 'P2Y' } } }))
  },
  {
    requirement: 'R42',
    code: `key-rotation-${vault1}`,
    spoil: altered(keysOf, keyId, (found) => ({
      ...found,
      rotationPolicy: { lifetimeActions: [{ trigger: { timeAfterCreate: 'P1Y' }, action: { type: 'Rotate' } }] }
    }))
  },
  {
    requirement: 'R45',
    code: `events-topic-${vault1}`,
    spoil: altered(systemTopics, topicId, (found) => ({ ...found, identities: [] }))
  },
  {
    requirement: 'R45',
    code: `events-subscribed-${vault1}`,
    spoil: removed(eventSubscriptions, `${topicId}/eventsubscriptions/customer-key`)
  },
  {
    requirement: 'R45',
    code: `events-subscribed-${vault1}`,
    spoil: subscribed({ endpointUrl: 'https://somebody.example/hook' })
  },
  {
    requirement: 'R45',
    code: `events-dead-letters-${vault1}`,
    spoil: subscribed({ deadLetter: { identity: '', account: '', container: '' } })
  },
  {
    requirement: 'R45',
    code: `backup-until-${vault1}`,
    spoil: each(
      protections,
      ({ address }) => (address.toLowerCase().includes(vault1) ? address : undefined),
      (found) => ({ ...found, until: '2026-11-24T00:00:00.000Z' })
    )
  }
]

/** What preflight looked at a week before is looked at again with it; a policy stays exempted by its cure then. */
export const againRules: readonly BrokenRule[] = [
  ...olderTemplates.slice(0, 1),
  ...preflightRules.filter(({ code }) =>
    /^(subscription-enabled|other-tenant|verified-domain|administrators-apart|service-principal-s)/.test(code)
  )
]

/** Of those, what a sweep goes on looking at. */
export const afterHandOff: readonly BrokenRule[] = [
  ...olderTemplates,
  ...verificationRules.filter(({ code }) =>
    /^(registered|vault-(premium|no-|right|network|contributor|administrators|authorization|service-principal|tenant)|key-(operations|rotation|type))/.test(
      code
    )
  ),
  { requirement: 'R42', code: `key-expiry-${vault1}`, spoil: key({ expires: 1_900_000_000 }) },
  { requirement: 'R42', code: `key-not-before-${vault1}`, spoil: key({ notBefore: 2_000_000_000 }) },
  ...['PastDue', 'Disabled', 'Warned'].map((state) => ({
    requirement: 'R7' as const,
    code: 'subscription-enabled-slot-1',
    spoil: subscription(slot1, { state: state as SubscriptionRecord['state'] })
  })),
  ...preflightRules.filter(({ code }) =>
    /^(offer-type|administrators-apart|spending-limit|licence|provider-registered|foreign-resources|verified-domain|slots-disjoint|service-principal)/.test(
      code
    )
  ),
  ...[
    given('SLOT1', 'Customer Key setup (fabri slot 1)', `/subscriptions/${slot1}/resourceGroups/rg-fabri-ck-slot1`),
    given(
      'SLOT1',
      'Owner',
      `/subscriptions/${slot1}/resourceGroups/rg-fabri-ck-slot1/providers/Microsoft.KeyVault/vaults/${vault1}`
    ),
    given('SLOT2', 'Owner', `/subscriptions/${slot1}`),
    given('APP', 'Customer Key setup (fabri slot 1)', `/subscriptions/${slot1}`)
  ].map((spoil) => ({ requirement: 'R34' as const, code: 'setup-role-removed-slot-1', spoil })),
  // Those of preflight have their exemptions.
  {
    requirement: 'R42',
    code: 'policy-key-expiry-slot-2',
    spoil: assigned({
      subscriptionId: slot2,
      definition: '49a22571-d204-4c91-a7b6-09b1a586fbc9',
      mode: 'Microsoft.KeyVault.Data',
      rule: { field: 'Microsoft.KeyVault.Data/vaults/keys/attributes.expiresOn', exists: false }
    })
  },
  {
    requirement: 'R27',
    code: 'policy-other-slot-2',
    spoil: assigned({
      subscriptionId: slot2,
      group: 'RG-fabri-ck-slot2',
      definition: 'no-vaults-any-more',
      rule: { field: 'type', equals: 'Microsoft.KeyVault/vaults' }
    })
  },
  untagged,
  {
    requirement: 'R12',
    code: 'foreign-resources-slot-2',
    spoil: added(otherResources, 'a planted vault', {
      id: `/subscriptions/${slot2}/resourceGroups/rg-fabri-ck-slot2/providers/Microsoft.KeyVault/vaults/Planted`,
      name: 'Planted',
      type: 'Microsoft.KeyVault/vaults',
      location: 'northeurope',
      subscriptionId: slot2,
      tags: { 'customer-key-onboarding': 'every-requirement' }
    })
  },
  { requirement: 'R40', code: `vault-one-key-${vault1}`, spoil: anotherKey }
]

function subscription(id: string, change: Partial<SubscriptionRecord>): Spoil {
  return altered(subscriptions, id, (found) => ({ ...found, ...change }))
}

/** What Azure shows of a registration from now on; the cure leaves what has happened meanwhile. */
function registration(id: string, change: Pick<Retention, 'shows' | 'reachesKeys'>): Spoil {
  return ({ world }) => {
    const known = () => retentions(world).get(id) ?? { subscriptionId: id }
    retentions(world).set(id, { ...known(), ...change })
    return () => {
      const { shows: _, reachesKeys: __, ...rest } = known()
      retentions(world).set(id, rest)
    }
  }
}

function vault(change: Partial<VaultProperties>): Spoil {
  return altered(vaults, vault1, (found) => ({ ...found, properties: { ...found.properties, ...change } }))
}

function subscribed(change: Partial<EventSubscriptionRecord>): Spoil {
  return altered(eventSubscriptions, `${topicId}/eventsubscriptions/customer-key`, (found) => ({ ...found, ...change }))
}

function policies(change: (entry: AccessPolicy) => AccessPolicy): Spoil {
  return altered(vaults, vault1, (found) => ({
    ...found,
    properties: { ...found.properties, accessPolicies: found.properties.accessPolicies.map(change) }
  }))
}

/** Somebody who has no business in the vault. */
function oneMore(keys: readonly string[]): Spoil {
  return altered(vaults, vault1, (found) => {
    const { tenantId, accessPolicies } = found.properties
    const stranger = { tenantId, objectId: '99999999-0000-4000-8000-000000000009', permissions: { keys } }
    return { ...found, properties: { ...found.properties, accessPolicies: [...accessPolicies, stranger] } }
  })
}

/** A key of somebody else's beside that of the policy. */
function anotherKey(azure: ReachableAzure): () => void {
  const key = keysOf(azure.world).get(keyId)
  if (!key) throw new Error('The vault has no key to make another like.')
  return added(keysOf, `${vault1}/another`, { ...key, name: 'another' })(azure)
}

function withoutPurgeProtection<T extends { readonly properties: VaultProperties }>(found: T): T {
  const { enablePurgeProtection: _, ...properties } = found.properties
  return { ...found, properties }
}

function key(change: Partial<KeyVersion>): Spoil {
  return altered(keysOf, keyId, (found) => ({ ...found, versions: [{ ...newest(found), ...change }] }))
}

function newest({ versions }: KeyRecord): KeyVersion {
  const last = versions.at(-1)
  if (!last) throw new Error('The key has no version.')
  return last
}

function keysOfEntry({ permissions: { keys = [] } }: AccessPolicy): string[] {
  return keys.map((each) => each.toLowerCase())
}

function isAdministrator(entry: AccessPolicy): boolean {
  return keysOfEntry(entry).includes('restore')
}

function withKeys(entry: AccessPolicy, keys: readonly string[]): AccessPolicy {
  return { ...entry, permissions: { ...entry.permissions, keys } }
}
