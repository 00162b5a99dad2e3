import type { OtherResourceRecord } from './arm/resources/records.ts'
import type { AssignedIdentityRecord } from './eventgrid/topic-record.ts'
import type { SeedRequest, SeedSubscription } from './seed-shape.ts'
import { stableGuid } from './stable-guid.ts'

/** The identity of a slot's dead letters, named as infra/names.bicep names it. */
export function deadLetterIdentity(request: SeedRequest, { slot, id }: SeedSubscription): AssignedIdentityRecord {
  const {
    organization: { tenantId },
    namePrefix
  } = request
  const name = `id-${namePrefix.toLowerCase()}-ck-dead-letters-${String(slot)}`
  return {
    id: `${storeGroup(namePrefix, { slot, id })}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
    objectId: stableGuid(tenantId, `${name}/object`),
    clientId: stableGuid(tenantId, `${name}/client`)
  }
}

/** What the slot's administrator has deployed beside the roles: the store, that identity, and the alerts. */
export function slotResources(
  { namePrefix }: SeedRequest,
  { slot, id }: SeedSubscription,
  { store, identity }: { readonly store: string; readonly identity: string }
): OtherResourceRecord[] {
  const common = { location: 'westus2', subscriptionId: id, tags: { 'customer-key-part': `slot-${String(slot)}` } }
  return [
    {
      ...common,
      id: `${storeGroup(namePrefix, { slot, id })}/providers/Microsoft.Storage/storageAccounts/${store}`,
      name: store,
      type: 'Microsoft.Storage/storageAccounts'
    },
    {
      ...common,
      id: identity,
      name: identity.split('/').at(-1) ?? '',
      type: 'Microsoft.ManagedIdentity/userAssignedIdentities'
    },
    ...alertsOf(namePrefix, slot).map(({ type, name }) => ({
      ...common,
      location: 'global',
      id: `${storeGroup(namePrefix, { slot, id })}/providers/${type}/${name}`,
      name,
      type
    }))
  ]
}

/** As infra/modules/slot-alerts.bicep names them. Azure lists these types in small letters. */
const alertsOf = (namePrefix: string, slot: number): { readonly type: string; readonly name: string }[] => [
  { type: 'microsoft.insights/actiongroups', name: `ag-${namePrefix.toLowerCase()}-ck-slot${String(slot)}` },
  ...['roles-changed', 'vault-changed', 'registration-withdrawn', 'watch-changed'].map((alert) => ({
    type: 'microsoft.insights/activitylogalerts',
    name: `alert-${namePrefix.toLowerCase()}-ck-slot${String(slot)}-${alert}`
  }))
]

const storeGroup = (namePrefix: string, { slot, id }: Pick<SeedSubscription, 'slot' | 'id'>): string =>
  `/subscriptions/${id}/resourceGroups/rg-${namePrefix.toLowerCase()}-ck-slot${String(slot)}-store`
