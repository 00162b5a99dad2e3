import { AzureError, type SimulatedRequest, type SimulatedResponse, type Surroundings } from '../../core/service.ts'
import { announceAccessPolicies } from '../../eventgrid/announce-access-policies.ts'
import { eventSubscriptions } from '../../eventgrid/topic-record.ts'
import { authorize, openSubscription } from '../authorization/authorize.ts'
import { requireProvider } from '../resources/providers.ts'
import { isObject, readJson, readTags } from '../read-json.ts'
import { requireRegion } from '../resources/regions.ts'
import { isWithin, roleAssignments } from '../authorization/roles.ts'
import { requireGroup } from '../resources/resource-groups.ts'
import { nameMs } from '../propagation.ts'
import { requireVault, vaultAt, vaultId, type VaultAddress } from './vault-address.ts'
import { requireFreeName } from './vault-names.ts'
import { readVaultProperties } from './vault-properties.ts'
import { deletedVaults, vaults, type VaultRecord } from './vault-record.ts'
import { vaultView } from './vault-view.ts'

/** Creates, or replaces tags and access policies of what is there: whoever wants to change one thing must PATCH. */
export function putVault(request: SimulatedRequest, address: VaultAddress, around: Surroundings): SimulatedResponse {
  const subscription = openSubscription(address.sub, { request, around, action: WRITE, scope: vaultId(address) })
  requireProvider(address.sub, 'Microsoft.KeyVault', around)
  const group = requireGroup(address.sub, address.group, around)
  const body = readJson(request)
  const location = requireRegion(body['location'], 'Microsoft.KeyVault/vaults')
  if (createModeOf(body) === 'recover') return recoverVault(request, address, around)
  const present = vaultAt(address, around)
  if (present === undefined) requireFreeName(address.vault, around)
  else requireSameLocation(present, location)
  const properties = readVaultProperties({
    given: propertiesOf(body),
    present: present?.properties,
    tenantId: subscription.tenantId,
    apiVersion: request.query.get('api-version') ?? '',
    whole: true
  })
  const born = { sub: subscription.id, group: group.name, vault: address.vault }
  const base = present ?? newborn(request, born, around)
  return keep({ ...base, location, tags: readTags(body['tags']), properties }, { request, around, present })
}

export function patchVault(request: SimulatedRequest, address: VaultAddress, around: Surroundings): SimulatedResponse {
  openSubscription(address.sub, { request, around, action: WRITE, scope: vaultId(address) })
  const present = requireVault(address, around)
  const body = readJson(request)
  const properties = readVaultProperties({
    given: propertiesOf(body),
    present: present.properties,
    tenantId: present.properties.tenantId,
    apiVersion: request.query.get('api-version') ?? '',
    whole: false
  })
  const tags = body['tags'] === undefined ? present.tags : readTags(body['tags'])
  return keep({ ...present, tags, properties }, { request, around, present })
}

/**
 * Brings a deleted vault back as it was: nothing else in the request counts; the role assignments made on it and its event
 * subscriptions are gone.
 * https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
 */
function recoverVault(request: SimulatedRequest, address: VaultAddress, around: Surroundings): SimulatedResponse {
  const { world } = around
  const id = address.vault.toLowerCase()
  const deleted = deletedVaults(world).get(id)
  if (deleted?.vault.id.toLowerCase() !== vaultId(address).toLowerCase()) {
    throw new AzureError(404, 'DeletedVaultNotFound', `The specified deleted vault '${address.vault}' does not exist.`)
  }
  deletedVaults(world).delete(id)
  for (const { name, scope } of roleAssignments(world).values()) {
    if (isWithin(scope, deleted.vault.id)) roleAssignments(world).delete(name)
  }
  for (const { id: subscription, source } of eventSubscriptions(world).values()) {
    if (source.toLowerCase() === deleted.vault.id.toLowerCase())
      eventSubscriptions(world).delete(subscription.toLowerCase())
  }
  return keep(deleted.vault, { request, around, present: undefined })
}

const WRITE = 'Microsoft.KeyVault/vaults/write'

// Recordings of real creations show the name resolving within half a minute.
const DNS_MS = 20_000

type Newborn = Omit<VaultRecord, 'properties' | 'tags' | 'location'>

function newborn(request: SimulatedRequest, address: VaultAddress, { clock, world }: Surroundings): Newborn {
  return {
    id: vaultId(address),
    name: address.vault,
    subscriptionId: address.sub,
    resourceGroup: address.group,
    createdAt: clock.nowIso(),
    createdBy: request.caller?.clientId ?? '',
    dnsReadyAt: clock.now() + DNS_MS,
    resolvesAt: clock.now() + DNS_MS + nameMs(world)
  }
}

interface Change {
  readonly request: SimulatedRequest
  readonly around: Surroundings
  readonly present: VaultRecord | undefined
}

function keep(vault: VaultRecord, { request, around, present }: Change): SimulatedResponse {
  const model = present?.properties.enableRbacAuthorization
  if (model !== undefined && model !== vault.properties.enableRbacAuthorization) {
    // Who could switch the permission model could give themselves the keys: Azure wants an owner for it.
    authorize({ request, around, action: 'Microsoft.Authorization/roleAssignments/write', scope: vault.id })
  }
  vaults(around.world).set(vault.name.toLowerCase(), vault)
  if (present !== undefined) announceAccessPolicies(present, vault, around)
  return { status: 200, json: vaultView(vault, around) }
}

function requireSameLocation(present: VaultRecord, location: string): void {
  if (present.location === location) return
  throw new AzureError(
    409,
    'InvalidResourceLocation',
    `The resource '${present.name}' already exists in location '${present.location}' in resource group ` +
      `'${present.resourceGroup}'. A resource with the same name cannot be created in location '${location}'. ` +
      'Please select a new resource name.'
  )
}

/** `CreateMode` of the definition that facts.json names. */
function createModeOf(body: Record<string, unknown>): string {
  const { createMode = 'default' } = propertiesOf(body)
  const mode = String(createMode).toLowerCase()
  if (mode === 'default' || mode === 'recover') return mode
  throw new AzureError(400, 'BadRequest', `The value "${mode}" of "createMode" is not one of recover, default.`)
}

function propertiesOf(body: Record<string, unknown>): Record<string, unknown> {
  return isObject(body['properties']) ? body['properties'] : {}
}
