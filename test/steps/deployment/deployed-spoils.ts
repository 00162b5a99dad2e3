import { deployedResources, type DeployedRecord } from '../../../local/azure/arm/deployed/records.ts'
import { locks } from '../../../local/azure/arm/authorization/scope-locked.ts'
import { roleAssignments } from '../../../local/azure/arm/authorization/roles.ts'
import { registeredProviders, resourceGroups } from '../../../local/azure/arm/resources/records.ts'
import type { Collection, World } from '../../../local/azure/core/world.ts'
import { eventSubscriptions } from '../../../local/azure/eventgrid/topic-record.ts'
import type { Identity } from '../../../src/domain/terms/evidence.ts'

/** One thing that a deployment lacks, and what a doctor must find of it: that alone. */
export interface Spoil {
  readonly part: Identity
  readonly code: string
  readonly what: string
  readonly on: RegExp
  /** Default: of one that is lacking; a choice is a note. */
  readonly isChoice?: true
  /** Puts it right again by what it gives back. */
  readonly spoil: (world: World) => () => void
}

const app = (code: string, what: string, on: RegExp, spoil: Spoil['spoil']): Spoil => ({
  part: 'app',
  code,
  what,
  on,
  spoil
})
const slot = (code: string, what: string, on: RegExp, spoil: Spoil['spoil']): Spoil => ({
  part: 'slot-1',
  code,
  what,
  on,
  spoil
})

/** What is kept under ids that match is put back as it was. */
function changing<T extends object>(
  all: Collection<T>,
  matches: (id: string) => boolean,
  change: (found: T) => T | undefined
) {
  const before = all.keys().filter(matches)
  if (before.length === 0) throw new Error('Nothing was spoiled.')
  const kept = before.flatMap((id) => {
    const found = all.get(id)
    return found ? [{ id, found }] : []
  })
  for (const { id, found } of kept) {
    const next = change(found)
    if (next) all.set(id, next)
    else all.delete(id)
  }
  return () => {
    for (const { id, found } of kept) all.set(id, found)
  }
}

const ending = (end: string) => (id: string) => id.endsWith(end.toLowerCase())

const without =
  (end: string): Spoil['spoil'] =>
  (world) =>
    changing(deployedResources(world), ending(end), () => undefined)

const withoutLock =
  (pattern: RegExp): Spoil['spoil'] =>
  (world) =>
    changing(
      locks(world),
      (id) => pattern.test(id),
      () => undefined
    )

const matching =
  (pattern: RegExp, properties: Record<string, unknown>): Spoil['spoil'] =>
  (world) =>
    changing(
      deployedResources(world),
      (id) => pattern.test(id),
      (found) => ({ ...found, properties: { ...found.properties, ...properties } })
    )

const having = (end: string, properties: Record<string, unknown>): Spoil['spoil'] =>
  matching(new RegExp(`${end.toLowerCase().replaceAll('.', '\\.')}$`), properties)

const tagged =
  (end: string, tags: Record<string, string>): Spoil['spoil'] =>
  (world) =>
    changing(deployedResources(world), ending(end), (found: DeployedRecord) => ({
      ...found,
      tags: { ...found.tags, ...tags }
    }))

const group =
  (name: string, change: (tags: Record<string, string>) => Record<string, string> | undefined): Spoil['spoil'] =>
  (world) =>
    changing(resourceGroups(world), ending(`/${name}`), (found) => {
      const tags = change({ ...found.tags })
      return tags && { ...found, tags }
    })

const only = (name: string) => (tags: Record<string, string>) =>
  Object.fromEntries(Object.entries(tags).filter(([tag]) => tag === name))

const settings = (changed: Record<string, string>) => having('/config/appsettings', changed)
const accountOf = (kind: string) => new RegExp(`/storageaccounts/[a-z0-9]*${kind}[a-z0-9]*$`)
const logsOf = (kind: string) => (world: World) =>
  changing(
    deployedResources(world),
    (id) => new RegExp(`${kind}.*/diagnosticsettings/`).test(id),
    () => undefined
  )
const durable = 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__'
const pending = (groups: readonly string[], id: unknown) => [
  {
    properties: {
      groupIds: groups,
      privateLinkServiceId: id,
      privateLinkServiceConnectionState: { status: 'Pending' }
    }
  }
]

export const spoils: readonly Spoil[] = [
  app('group-tags', 'no tag for azd', /^rg-contoso-ck-app$/, group('rg-contoso-ck-app', only('customer-key-part'))),
  app(
    'group-tags',
    'a second group for azd',
    /^rg-contoso-ck-records$/,
    group('rg-contoso-ck-records', (tags) => ({ ...tags, 'azd-env-name': 'ck-prod' }))
  ),
  app(
    'another-deployment',
    'another azd environment',
    /^acs-contoso/,
    tagged('communicationServices/acs-contoso-ck-5d7e4e', { 'azd-env-name': 'ck-test' })
  ),
  app(
    'always-ready',
    'no warm instance',
    /^func-contoso/,
    having('/sites/func-contoso-ck-73qfml', { functionAppConfig: { scaleAndConcurrency: { alwaysReady: [] } } })
  ),
  app(
    'poll-interval',
    'queues left alone for long',
    /maxQueuePollingInterval$/,
    settings({ [`${durable}maxQueuePollingInterval`]: '00:00:30' })
  ),
  app(
    'poll-interval',
    'no interval',
    /maxQueuePollingInterval$/,
    settings({ [`${durable}maxQueuePollingInterval`]: '' })
  ),
  app('app-url', 'no address', /^CKEY_APP_URL$/, settings({ CKEY_APP_URL: '' })),
  app(
    'sampler',
    'a sampler that drops',
    /^OTEL_TRACES_SAMPLER$/,
    settings({ OTEL_TRACES_SAMPLER: 'microsoft.rate_limited' })
  ),
  app('sampler', 'a share of lines', /^OTEL_TRACES_SAMPLER$/, settings({ OTEL_TRACES_SAMPLER_ARG: '0.1' })),
  app('event-endpoint', 'the hook did not run', /^CKEY_EVENT_ENDPOINT$/, settings({ CKEY_EVENT_ENDPOINT: '' })),
  app('store-keys', 'a store with keys', /ckhost/, matching(accountOf('ckhost'), { allowSharedKeyAccess: true })),
  app('store-keys', 'public blobs', /ckreco/, matching(accountOf('ckreco'), { allowBlobPublicAccess: true })),
  app(
    'store-versions',
    'no versions of records',
    /ckreco/,
    matching(/ckreco.*\/blobservices\/default$/, { isVersioningEnabled: false })
  ),
  app(
    'store-versions',
    'no soft delete of blobs',
    /ckreco/,
    matching(/ckreco.*\/blobservices\/default$/, { deleteRetentionPolicy: { enabled: false } })
  ),
  app(
    'store-versions',
    'no soft delete of containers',
    /ckreco/,
    matching(/ckreco.*\/blobservices\/default$/, { containerDeleteRetentionPolicy: null })
  ),
  app(
    'locked-policies',
    'a ledger without policy',
    /^ledger$/,
    without('/containers/ledger/immutabilityPolicies/default')
  ),
  app(
    'locked-policies',
    'a ledger’s policy that is not locked',
    /^ledger$/,
    having('/containers/ledger/immutabilityPolicies/default', { state: 'Unlocked' })
  ),
  app('store-lock', 'no lock on the records', /ckreco/, withoutLock(/\/keep-records$/)),
  app('logs', 'no log of the package', /ckdepl/, logsOf('ckdepl')),
  app('logs', 'no log of the ledger', /ckreco/, logsOf('ckreco')),
  app('logs', 'no log of mail', /^acs-/, logsOf('acs-contoso')),
  app(
    'logs',
    'a log without deletions',
    /ckreco/,
    matching(/ckreco.*\/diagnosticsettings\//, {
      logs: [
        { category: 'StorageWrite', enabled: true },
        { category: 'StorageDelete', enabled: false }
      ]
    })
  ),
  app(
    'logs',
    'a log to nowhere that can be asked',
    /ckreco/,
    matching(/ckreco.*\/diagnosticsettings\//, { workspaceId: null })
  ),
  app('alerts', 'a rule that is gone', /-no-sweep$/, without('/alert-contoso-ck-no-sweep')),
  app('alerts', 'a rule that is off', /-sla-breach$/, having('/alert-contoso-ck-sla-breach', { enabled: false })),
  app(
    'alerts',
    'a rule that tells nobody',
    /-backup-lag$/,
    having('/alert-contoso-ck-backup-lag', { actions: { actionGroups: [] } })
  ),
  app('alerts', 'a rule about roles that is gone', /-role-given$/, without('/alert-contoso-ck-role-given')),
  app('alert-people', 'nobody to tell', /^ag-contoso-ck$/, having('/ag-contoso-ck', { emailReceivers: [] })),
  app('alert-people', 'a group that is off', /^ag-contoso-ck$/, having('/ag-contoso-ck', { enabled: false })),
  app('availability', 'no test from outside', /^test-contoso-ck-health$/, without('/test-contoso-ck-health')),
  app(
    'availability',
    'a test that is off',
    /^test-contoso-ck-health$/,
    having('/test-contoso-ck-health', { Enabled: false })
  ),
  app('availability', 'nobody hears of the test', /-unreachable$/, without('/alert-contoso-ck-unreachable')),
  app(
    'mail-domain',
    'a domain of one’s own that DNS has not proved',
    /^AzureManagedDomain$/,
    having('/domains/AzureManagedDomain', {
      domainManagement: 'CustomerManaged',
      verificationStates: { Domain: { status: 'Verified' }, SPF: { status: 'NotStarted' } }
    })
  ),
  app(
    'mail-domain',
    'a domain that is not linked',
    /^AzureManagedDomain$/,
    having('/acs-contoso-ck-5d7e4e', { linkedDomains: [] })
  ),
  app('networking', 'one store left open', /ckdepl/, matching(accountOf('ckdepl'), { publicNetworkAccess: 'Enabled' })),
  app('networking', 'no endpoint of the hub’s queues', /ckhost/, (world) =>
    changing(
      deployedResources(world),
      (id) => /pep-[a-z0-9]*ckhost[a-z0-9]*-queue$/.test(id),
      () => undefined
    )
  ),
  app('networking', 'a slot that has not said yes', /^pep-contosock1/, (world) =>
    changing(
      deployedResources(world),
      (id) => /privateendpoints\/pep-contosock1[a-z0-9]*-blob$/.test(id),
      (found) => ({ ...found, properties: { manualPrivateLinkServiceConnections: pending(['blob'], 'x') } })
    )
  ),
  app('networking', 'no zone of tables', /^privatelink\.table$/, without('/privatelink.table.core.windows.net')),
  app('networking', 'a subscription without Microsoft.App', /^Microsoft\.App$/, (world) =>
    changing(registeredProviders(world), ending('/microsoft.app'), () => undefined)
  ),
  slot(
    'group-tags',
    'the tag of the other slot',
    /^rg-contoso-ck-slot1-store$/,
    group('rg-contoso-ck-slot1-store', () => ({ 'customer-key-part': 'slot-2' }))
  ),
  slot(
    'another-deployment',
    'something of the other slot’s',
    /^log-contoso-ck-slot1$/,
    tagged('/workspaces/log-contoso-ck-slot1', { 'customer-key-part': 'slot-2' })
  ),
  slot(
    'store-keys',
    'a store with keys',
    /^contosock1/,
    matching(accountOf('contosock1'), { allowSharedKeyAccess: null })
  ),
  slot(
    'store-versions',
    'no versions',
    /^contosock1/,
    matching(/contosock1.*\/blobservices\/default$/, { isVersioningEnabled: null })
  ),
  slot(
    'locked-policies',
    'backups whose policy is not locked',
    /^backups$/,
    matching(/contosock1.*\/backups\/immutabilitypolicies\/default$/, { state: 'Unlocked' })
  ),
  slot('store-lock', 'no lock', /^contosock1/, withoutLock(/contosock1.*\/keep-backups$/)),
  slot('logs', 'no log of the store', /^contosock1/, logsOf('contosock1')),
  slot('logs', 'a vault without a log', /^Contoso-CK-M365-VaultA1$/, logsOf('contoso-ck-m365-vaulta1')),
  slot('alerts', 'a rule that is gone', /-roles-changed$/, without('/alert-contoso-ck-slot1-roles-changed')),
  slot(
    'alerts',
    'a rule about keys that is off',
    /-key-deleted$/,
    having('/alert-contoso-ck-slot1-key-deleted', { enabled: false })
  ),
  slot(
    'alert-people',
    'nobody to tell',
    /^ag-contoso-ck-slot1$/,
    having('/ag-contoso-ck-slot1', { emailReceivers: [] })
  ),
  slot('roles-by-group', 'a person with a role of their own', /^backups$/, (world) =>
    changing(
      roleAssignments(world),
      (id) =>
        /\/slot1-store\//.test(roleAssignments(world).get(id)?.scope.replace('rg-contoso-ck-', '/') ?? '') &&
        /containers\/backups$/.test(roleAssignments(world).get(id)?.scope ?? ''),
      (found) => ({ ...found, principalType: 'User' as const })
    )
  ),
  slot('event-subscriptions', 'a vault that tells nobody', /^Contoso-CK-EX-NA-VaultA1$/, (world) =>
    changing(
      eventSubscriptions(world),
      (id) => /contoso-ck-ex-na-vaulta1-events/.test(id),
      () => undefined
    )
  ),
  slot('event-subscriptions', 'one that Azure gave up', /^Contoso-CK-EX-NA-VaultA1$/, (world) =>
    changing(
      eventSubscriptions(world),
      (id) => /contoso-ck-ex-na-vaulta1-events/.test(id),
      (found) => ({ ...found, shows: 'Failed' })
    )
  ),
  slot(
    'networking',
    'a way in that waits for a yes',
    /^contosock1/,
    matching(accountOf('contosock1'), { privateEndpointConnections: pending(['blob'], 'x') })
  ),
  slot(
    'networking',
    'closed, and no way in',
    /^contosock1/,
    matching(accountOf('contosock1'), { privateEndpointConnections: [] })
  )
].map((each) => (each.code === 'always-ready' ? { ...each, isChoice: true as const } : each))

/** What is gone as a whole: more than one check misses it. */
export const wholes: readonly Pick<Spoil, 'part' | 'code' | 'what' | 'spoil'>[] = [
  { part: 'app', code: 'groups', what: 'no group of records', spoil: group('rg-contoso-ck-records', () => undefined) },
  { part: 'app', code: 'site', what: 'no function app', spoil: without('/sites/func-contoso-ck-73qfml') },
  {
    part: 'slot-1',
    code: 'groups',
    what: 'no group of the slot',
    spoil: group('rg-contoso-ck-slot1-store', () => undefined)
  }
]
