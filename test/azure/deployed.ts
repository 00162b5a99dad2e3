import { readFileSync } from 'node:fs'
import { deployedResources } from '../../local/azure/arm/deployed/records.ts'
import { locks } from '../../local/azure/arm/authorization/scope-locked.ts'
import { roleAssignments, roleDefinitions } from '../../local/azure/arm/authorization/roles.ts'
import { vaults, type VaultRecord } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { registeredProviders, resourceGroups, subscriptions } from '../../local/azure/arm/resources/records.ts'
import type { World } from '../../local/azure/core/world.ts'
import { eventSubscriptions, systemTopics } from '../../local/azure/eventgrid/topic-record.ts'
import { stableGuid } from '../../local/azure/stable-guid.ts'

/** Where the app's part is, in a third subscription. */
export const appSubscription = '00000000-0000-4000-8000-000000000003'

interface Predicted {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly apiVersion: string
  readonly location?: string
  readonly tags?: Record<string, string>
  readonly properties?: Record<string, unknown>
}

interface Wanted {
  readonly networking: 'public' | 'vnet'
  readonly tenantId: string
  /** Of the slots. */
  readonly subscriptionIds: Readonly<Record<1 | 2, string>>
}

/**
 * Plants what infra/ would deploy, as the Bicep compiler says it (infra/snapshots), and what people and Azure add: locks of
 * policies, yeses to endpoints, vaults with their event subscriptions. So a check that no template satisfies cannot pass.
 */
export function plantDeployed(world: World, { networking, tenantId, subscriptionIds }: Wanted): void {
  const main = snapshot(networking === 'vnet' ? 'main-vnet' : 'main')
  subscriptions(world).set(appSubscription, {
    ...(subscriptions(world).get(subscriptionIds[1]) ?? {
      tenantId,
      state: 'Enabled',
      quotaId: '',
      spendingLimit: 'Off'
    }),
    id: appSubscription,
    displayName: 'Contoso-CK'
  })
  registeredProviders(world).set(`${appSubscription}/microsoft.app`, {
    subscriptionId: appSubscription,
    namespace: 'Microsoft.App'
  })
  for (const each of [...main, ...slotParts(subscriptionIds)]) plant(world, each, networking)
  for (const slot of [1, 2] as const) plantVaults(world, slot, { tenantId, subscriptionId: subscriptionIds[slot] })
}

/** Lets somebody do this in these subscriptions. */
export function allow(
  world: World,
  {
    tenantId,
    principalId,
    actions,
    ids
  }: { tenantId: string; principalId: string; actions: readonly string[]; ids: readonly string[] }
): void {
  const role = stableGuid(tenantId, `role ${actions.join()}`)
  roleDefinitions(world).set(role, {
    name: role,
    roleName: `May ${actions.join()}`,
    roleType: 'BuiltInRole',
    description: '',
    actions,
    notActions: [],
    dataActions: [],
    notDataActions: [],
    assignableScopes: ['/']
  })
  for (const id of ids) {
    const name = stableGuid(tenantId, `${role} ${principalId} ${id}`)
    roleAssignments(world).set(name, {
      name,
      scope: `/subscriptions/${id}`,
      roleDefinition: role,
      principalId,
      principalType: 'User',
      createdOn: '2026-11-02T17:00:00.000Z'
    })
  }
}

function snapshot(name: string, reworded: (text: string) => string = (text) => text): Predicted[] {
  const text = readFileSync(`infra/snapshots/${name}.snapshot.json`, 'utf8')
  const { predictedResources } = JSON.parse(reworded(text)) as { predictedResources: Predicted[] }
  const stores = predictedResources.filter(({ type }) => type === 'Microsoft.Storage/storageAccounts')
  const known = (expression: string): string => valueOf(expression, stores)
  return JSON.parse(JSON.stringify(predictedResources), (_, value: unknown) =>
    typeof value === 'string' && value.startsWith('[') ? known(value) : value
  ) as Predicted[]
}

/** The snapshot is of slot 2. */
const slotParts = (ids: Readonly<Record<1 | 2, string>>): Predicted[] =>
  ([1, 2] as const).flatMap((slot) =>
    snapshot('slot-with-roles', (text) =>
      text
        .replaceAll(appSubscription, ids[slot])
        .replaceAll(/slot([ -]?)2/g, `slot$1${slot}`)
        .replaceAll(/(dead-letters-|VaultA|contosock)2/g, `$1${slot}`)
    )
  )

/** What the compiler leaves to Azure, as far as anything here reads it. */
function valueOf(expression: string, stores: readonly Predicted[]): string {
  const zone = /format\('privatelink\.\{0\}\.\{1\}', '(\w+)'/.exec(expression)?.[1]
  const [, sub, group] =
    /^\[resourceId\('([^']+)', '([^']+)', 'Microsoft\.Network\/privateDnsZones', format/.exec(expression) ?? []
  if (zone !== undefined)
    return sub === undefined
      ? `privatelink.${zone}.core.windows.net`
      : `/subscriptions/${sub}/resourceGroups/${group ?? ''}/providers/Microsoft.Network/privateDnsZones/privatelink.${zone}.core.windows.net`
  const store = /'(host|depl|reco)\w*Store-\{0\}'.*outputs\.id\.value\]$/.exec(expression)?.[1]
  if (store !== undefined) return stores.find(({ name }) => name.includes(`ck${store}`))?.id ?? ''
  return expression.includes('defaultHostName') ? 'https://func-contoso-ck.azurewebsites.net' : expression
}

function plant(world: World, predicted: Predicted, networking: Wanted['networking']): void {
  const { id, type, location = '', tags = {} } = predicted
  const key = id.toLowerCase()
  const name = id.split('/').at(-1) ?? ''
  const subscriptionId = id.split('/')[2] ?? ''
  if (id.startsWith('[')) return // of an id that nothing here asks for
  if (type === 'Microsoft.Resources/resourceGroups')
    return resourceGroups(world).set(key, { id, subscriptionId, name, location, tags })
  if (type === 'Microsoft.Authorization/roleAssignments') return plantAssignment(world, predicted)
  if (type === 'Microsoft.Authorization/roleDefinitions') return
  if (type === 'Microsoft.Authorization/locks') return plantLock(world, id, name)
  deployedResources(world).set(key, {
    id,
    name,
    type,
    ...(predicted.location !== undefined && { location }),
    ...(predicted.tags && { tags }),
    properties: { ...predicted.properties, ...addedTo(predicted, networking) }
  })
}

function plantLock(world: World, id: string, name: string): void {
  const scope = id.slice(0, id.search(/\/providers\/Microsoft\.Authorization\/locks\//i))
  locks(world).set(`${scope}/${name}`.toLowerCase(), { scope, name, level: 'CanNotDelete', notes: null })
}

const approved = { privateLinkServiceConnectionState: { status: 'Approved' } }

/** What Azure or people have added since. */
function addedTo({ id, type, properties = {} }: Predicted, networking: Wanted['networking']): Record<string, unknown> {
  const isInside = networking === 'vnet'
  switch (type) {
    case 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies':
      return { state: 'Locked' }
    case 'Microsoft.Storage/storageAccounts':
      return {
        publicNetworkAccess: isInside ? 'Disabled' : 'Enabled',
        privateEndpointConnections: isInside ? [{ properties: approved }] : []
      }
    case 'Microsoft.Web/sites':
      return { virtualNetworkSubnetId: isInside ? `${id}/subnet` : null }
    case 'Microsoft.Web/sites/config':
      return id.endsWith('/appsettings') ? { CKEY_EVENT_ENDPOINT: 'https://secret.example/?code=secret' } : {}
    case 'Microsoft.Network/privateEndpoints':
      return Object.fromEntries(
        Object.entries(properties)
          .filter(([kind]) => kind.endsWith('LinkServiceConnections'))
          .map(([kind, all]) => [
            kind,
            (all as { properties: object }[]).map((each) => ({
              ...each,
              properties: { ...each.properties, ...approved }
            }))
          ])
      )
    default:
      return {}
  }
}

function plantAssignment(world: World, { id, properties = {} }: Predicted): void {
  const name = stableGuid(id, 'assignment')
  const scope = id.slice(0, id.indexOf('/providers/Microsoft.Authorization/roleAssignments'))
  roleAssignments(world).set(name, {
    name,
    scope,
    roleDefinition: String(properties['roleDefinitionId']).split('/').at(-1) ?? '',
    principalId: String(properties['principalId']),
    principalType: properties['principalType'] as 'Group' | 'ServicePrincipal',
    createdOn: '2026-11-02T17:00:00.000Z'
  })
}

function plantVaults(
  world: World,
  slot: 1 | 2,
  { tenantId, subscriptionId }: { tenantId: string; subscriptionId: string }
): void {
  const resourceGroup = `rg-contoso-ck-slot${slot}`
  const groupId = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`
  const group = { id: groupId, subscriptionId, name: resourceGroup, location: 'westus2', tags: {} }
  resourceGroups(world).set(groupId.toLowerCase(), group)
  for (const name of [`Contoso-CK-EX-NA-VaultA${slot}`, `Contoso-CK-M365-VaultA${slot}`]) {
    const id = `${groupId}/providers/Microsoft.KeyVault/vaults/${name}`
    const topicId = `${groupId}/providers/Microsoft.EventGrid/systemTopics/${name}-events`
    const place = { subscriptionId, resourceGroup, location: 'westus2', tags: {} }
    const properties = {
      tenantId,
      sku: { family: 'A', name: 'premium' },
      accessPolicies: []
    } as unknown as VaultRecord['properties']
    vaults(world).set(id.toLowerCase(), { ...place, id, name, properties, createdAt: '', createdBy: '', dnsReadyAt: 0 })
    systemTopics(world).set(topicId.toLowerCase(), {
      ...place,
      id: topicId,
      name: `${name}-events`,
      source: id,
      topicType: 'Microsoft.KeyVault.vaults',
      identities: [],
      readyAt: 0
    })
    eventSubscriptions(world).set(`${topicId}/eventsubscriptions/customer-key`.toLowerCase(), {
      id: `${topicId}/eventSubscriptions/customer-key`,
      name: 'customer-key',
      topicId,
      source: id,
      endpointUrl: 'https://func-contoso-ck.azurewebsites.net/runtime/webhooks/EventGrid?code=secret',
      eventDeliverySchema: 'CloudEventSchemaV1_0',
      includedEventTypes: ['Microsoft.KeyVault.KeyNewVersionCreated'],
      maxDeliveryAttempts: 30,
      eventTimeToLiveInMinutes: 1440,
      readyAt: 0
    })
  }
}

/** By which version each type is deployed. */
export const predictedVersions: Readonly<Record<string, string>> = Object.fromEntries(
  [...snapshot('main-vnet'), ...snapshot('slot-with-roles')].map(({ type, apiVersion }) => [type, apiVersion])
)
