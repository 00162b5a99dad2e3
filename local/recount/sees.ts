import type { Workload } from './shapes.ts'

/** What a record is about, as its `resource` names it. */
export type About =
  | 'tenant'
  | 'slots'
  | 'subscription'
  | 'person'
  | 'group'
  | 'application'
  | 'mail'
  | 'vault'
  | 'key'
  | 'backup'
  /** Of a key, in a vault for drills. */
  | 'copy'

/** What must have been asked of Azure before it can be known, and about what. */
export interface Sees {
  readonly about: About
  /** Operations of the simulated Azure; the call of a record must be one of them. */
  readonly by: readonly string[]
  /** What must have been asked besides, each so many times in all. */
  readonly all?: Readonly<Record<string, number>>
  /** What must have been observed, where the words of an observation can be read by a rule of their own. */
  readonly good?: (observed: string, expected: Expected) => boolean
}

/** What the approved plan says of the resource of a record. */
export interface Expected {
  readonly tenantId: string
  readonly domain: string
  readonly isTest: boolean
  readonly rbac: boolean
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly region: string
  readonly vaultName: string
  readonly workload: Workload
  /** Of the hand-off, for its key. */
  readonly keyId: string
  readonly backupSha256: string
  readonly writtenAt: string
}

interface OfArticle {
  /** R22 */
  readonly alias: string
  /** R37 */
  readonly appId: string
  /** R38 */
  readonly name: string
  /** R14 */
  readonly offer: string
}

/** What Microsoft's article says of each workload. */
export const microsoft: Readonly<Record<Workload, OfArticle>> = {
  exchange: {
    alias: 'exock@microsoft.com',
    appId: '00000002-0000-0ff1-ce00-000000000000',
    name: 'Office 365 Exchange Online',
    offer: 'Request encryption key help for Exchange'
  },
  sharepoint: {
    alias: 'spock@microsoft.com',
    appId: '00000003-0000-0ff1-ce00-000000000000',
    name: 'Office 365 SharePoint Online',
    offer: 'Request encryption key help for SharePoint and OneDrive for Business'
  },
  'multi-workload': {
    alias: 'm365-ck@service.microsoft.com',
    appId: 'c066d759-24ae-40e7-a56f-027002b5d3e4',
    name: 'M365DataAtRestEncryption',
    offer: 'Request encryption key help for Microsoft 365'
  }
}

const is = (text: string) => (observed: string) => observed === text
const subscription = (operation: string, good?: Sees['good']): Sees => of('subscription', [operation], good)
const vault = (good?: Sees['good']): Sees => of('vault', ['vaults.get', 'vaults.listBySubscription'], good)
const key = (good?: Sees['good']): Sees => of('key', ['keys.get'], good)
const versions = (good?: Sees['good']): Sees => of('key', ['keys.listVersions'], good)
const policy: Sees = {
  ...subscription('policyAssignments.list'),
  all: { 'policyAssignments.list': 1, 'policyExemptions.list': 1 }
}
const mail = (good?: Sees['good']): Sees => of('mail', ['emails.send', 'emails.getSendResult', 'blob.put'], good)
// An access policy is part of the vault; under Azure RBAC, roles guard it.
const permission = (good?: Sees['good']): Sees =>
  of('vault', ['vaults.get', 'vaults.listBySubscription', 'roleAssignments.listForScope'], good)

// Of which state of the key it is a copy, its versions say.
const backup = (by: readonly string[], good: Sees['good']): Sees => ({
  ...of('backup', by, good),
  all: { 'keys.listVersions': 1, 'blob.getProperties': 1 }
})

function of(about: About, by: readonly string[], good?: Sees['good']): Sees {
  return { about, by, ...(good && { good }) }
}

/** By the code of a check: what any of them can rest on. One that is not here proves nothing. */
export const sees: Readonly<Record<string, Sees>> = {
  'verified-domain': of('tenant', ['organization.list'], (observed, { domain }) => observed.includes(domain)),
  licence: of('tenant', ['subscribedSkus.list'], (observed) => /: licensed/.test(observed)),
  'service-principal': of('application', ['servicePrincipals.get'], (observed, { workload }) =>
    observed.includes(microsoft[workload].appId)
  ),
  'service-principal-name': of('application', ['servicePrincipals.get'], (observed, { workload }) =>
    observed.endsWith(microsoft[workload].name)
  ),
  'service-principal-enabled': of('application', ['servicePrincipals.get'], is('enabled')),
  administrator: of('person', ['users.get', 'users.list']),
  'person-enabled': of('person', ['users.get', 'users.list']),
  'person-mail': of('person', ['users.get', 'users.list']),
  'group-people': of('group', ['groups.get', 'groups.listTransitiveMembers']),
  'slots-disjoint': of('slots', ['users.get', 'users.list', 'groups.get', 'groups.listTransitiveMembers']),
  // Who are the people of the slots; which of them acted before is no word of Azure's.
  'acted-for-other': of('slots', ['users.get', 'users.list', 'groups.get', 'groups.listTransitiveMembers']),
  'administrators-apart': {
    ...subscription('roleAssignments.listForScope'),
    all: { 'roleAssignments.listForScope': 2 } // of both subscriptions
  },
  'setup-role-removed': {
    ...subscription('roleAssignments.listForScope', is('it may only read')),
    all: { 'roleAssignments.listForScope': 3 } // of the app's three identities
  },
  'slot-template': {
    ...subscription('roleAssignments.listForScope'),
    all: { 'servicePrincipals.get': 1, 'resources.list': 1 } // whose roles they are, and its alerts
  },
  'subscription-readable': subscription('subscriptions.get'),
  'subscription-enabled': subscription('subscriptions.get', is('state Enabled')),
  'subscription-tenant': subscription('subscriptions.get', (observed, { tenantId }) => observed.endsWith(tenantId)),
  'offer-type': subscription('subscriptions.get', (observed) =>
    /^quota id (EnterpriseAgreement|PayAsYouGo|CSP)_/.test(observed)
  ),
  'spending-limit': subscription('subscriptions.get', is('spending limit Off')),
  'foreign-resources': subscription('resources.list', is('no other resources')),
  'provider-registered': subscription('providers.get', (observed) => /KeyVault is Registered$/.test(observed)),
  'region-offered': subscription('providers.get'),
  'policy-key-expiry': policy,
  'policy-locations': policy,
  'policy-sku': policy,
  'policy-tags': policy,
  'policy-rewrites': policy,
  'policy-other': policy,
  'vault-roles': subscription('roleDefinitions.list'),
  'registration-sent': subscription('features.get', (observed) => /^(Pending|Registering|Registered)/.test(observed)),
  registered: subscription('features.get', (observed) => /^Registered(,|$)/.test(observed)),
  'offers-complete': mail((observed) => /FastTrack requests: \S/.test(observed)),
  'mail-alias': mail((observed, { workload }) => observed === microsoft[workload].alias),
  'mail-subject': mail((observed, { domain }) => observed === `Customer Key for ${domain}`),
  'mail-text': mail((observed) => isAll(observed)),
  'vault-name-free': {
    ...of('vault', ['vaults.checkNameAvailability', 'vaults.getDeleted', 'vaults.get']),
    all: { 'vaults.checkNameAvailability': 1 }
  },
  'vault-name-tells': of('vault', [
    'vaults.checkNameAvailability',
    'vaults.getDeleted',
    'vaults.get',
    'vaults.listBySubscription'
  ]),
  'vault-there': of('vault', ['vaults.get', 'vaults.listBySubscription', 'resources.list', 'vaults.getDeleted']),
  'vault-subscription': vault((observed, { subscriptionId }) => observed === `subscription ${subscriptionId}`),
  'vault-group': vault((observed, { resourceGroup }) => observed === `resource group ${resourceGroup}, Succeeded`),
  'vault-named': vault((observed, { vaultName }) => observed === `name ${vaultName}`),
  'vault-region': vault((observed, { region }) => observed === `region ${region}`),
  'vault-tenant': vault((observed, { tenantId }) => observed.endsWith(tenantId)),
  'vault-soft-delete': vault(is('soft delete on')),
  'vault-retention': vault(is('90 days')),
  'vault-purge-protection': vault(is('purge protection on')),
  'vault-premium': vault((observed, { isTest }) => /^SKU premium$/i.test(observed) || isTest),
  'vault-authorization': vault((observed, { rbac }) => observed === `Azure RBAC ${rbac ? 'on' : 'off'}`),
  'vault-network': vault(),
  'vault-tagged': vault(),
  'vault-administrators': permission(),
  'vault-slot-identity': permission(),
  'vault-service-principal': permission(),
  'vault-right-service': permission(),
  'vault-no-delete': permission((observed) => observed.startsWith('nobody may')),
  'vault-no-others': permission((observed) => observed.startsWith('nobody else')),
  'vault-contributor': of('vault', ['roleAssignments.listForScope']),
  'vault-grantors': of('vault', ['roleAssignments.listForScope']),
  'vault-eligible': of(
    'vault',
    ['roleEligibilitySchedules.listForScope', 'roleAssignments.listForScope'],
    is('nobody may')
  ),
  'vault-one-key': of('vault', ['keys.list'], is('no other key')),
  'vault-has-keys': of('vault', ['keys.list']),
  'key-there': key(),
  'key-type': key((observed, { isTest }) => /^RSA-HSM(,|$)/.test(observed) || (isTest && /^RSA(,|$)/.test(observed))),
  'key-size': key((observed) => /^(2048|3072|4096) bits$/.test(observed)),
  'key-operations': key((observed) => ['wrapKey', 'unwrapKey'].every((each) => observed.split(', ').includes(each))),
  'key-enabled': key(is('enabled')),
  'key-expiry': key((observed) => /no expiration date|9999-12-31/.test(observed)),
  'key-not-before': key(
    (observed, { writtenAt }) => observed === 'no activation date' || momentIn(observed) <= writtenAt
  ),
  'key-recovery-level': key(is('Recoverable+ProtectedSubscription')),
  'retention-not-propagated': key(),
  'key-recoverable-days': key(is('90 days')),
  'key-uri': key((observed, { keyId }) => observed.replace(':443/', '/').toLowerCase() === keyId.toLowerCase()),
  'key-rotation': of('key', ['keys.getRotationPolicy'], is('none')),
  'extra-version': versions(),
  'key-versions-enabled': versions(is('all enabled')),
  'key-not-expired': versions(is('none expired')),
  'key-not-expiring': versions(is('none expires soon')),
  'key-versions-expiry': versions((observed) => /^none expires/.test(observed)),
  'key-versions-active': versions(is('all active')),
  'backup-versions': of('backup', ['keys.listVersions']),
  'backup-digest': backup(['blob.get', 'blob.getProperties', 'keys.listVersions'], (observed, { backupSha256 }) =>
    observed.includes(backupSha256)
  ),
  'backup-locked': backup(['blob.getProperties'], is('immutability Locked')),
  'backup-until': backup(['blob.getProperties'], (observed, { writtenAt }) => momentIn(observed) > writtenAt),
  'backup-not-immutable': of('backup', ['blob.getProperties', 'keys.listVersions']),
  'drill-versions': of('copy', ['keys.listVersions']),
  'backup-copied': of('backup', ['blob.getProperties', 'keys.listVersions']),
  'events-topic': of('vault', ['systemTopics.listByResourceGroup']),
  'events-subscribed': of('vault', ['eventSubscriptions.listBySystemTopic', 'systemTopics.listByResourceGroup']),
  'events-dead-letters': of('vault', ['eventSubscriptions.listBySystemTopic', 'systemTopics.listByResourceGroup'])
}

/** `3 of 3 services, 2 of 2 feature outputs`: each count is whole. */
function isAll(observed: string): boolean {
  const counts = [...observed.matchAll(/(\d+) of (\d+)/g)]
  return counts.length === 2 && counts.every(([, seen, all]) => seen === all)
}

const momentIn = (observed: string): string => /\d{4}-[\dT:.Z-]+/.exec(observed)?.[0] ?? ''
