import { describe, expect, test } from 'vitest'
import { alertsMissing, foreignAmong, slotAlerts, type ListedResource } from '../../../src/domain/terms/own-resource.ts'

const id = (group: string, type: string, name: string): string =>
  `/subscriptions/s/resourceGroups/${group}/providers/${type}/${name}`
const listed = (group: string, type: string, name: string): ListedResource => ({ id: id(group, type, name), type })
const account = 'ckstore1'
const store = listed('rg-slot', 'Microsoft.Storage/storageAccounts', account)
const own = { vaultNames: ['V1', 'V2'], resourceGroups: ['rg-keys'] }
const alerts = slotAlerts.map((alert) =>
  listed('rg-slot', 'Microsoft.Insights/activityLogAlerts', `alert-contoso-ck-slot1-${alert}`)
)
const foreign = (...resources: readonly ListedResource[]): string[] =>
  foreignAmong([store, ...resources], own, account).map((each) => each.split('/').at(-1) ?? '')

describe('what is not foreign in a subscription', () => {
  test.for([
    ['a vault of the plan, whatever its capitals', listed('rg-other', 'microsoft.keyvault/VAULTS', 'v1')],
    ['the topic of its events', listed('rg-keys', 'Microsoft.EventGrid/systemTopics', 'v2-Events')],
    ['a vault of a drill', listed('RG-keys', 'Microsoft.KeyVault/vaults', 'ck-drill-261130-0a1b2c3d')],
    [
      'who takes dead letters',
      listed('rg-slot', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'id-contoso-ck-dead-letters-1')
    ],
    ['whom alerts tell', listed('rg-slot', 'Microsoft.Insights/actionGroups', 'ag-contoso-ck-slot2')],
    ['an alert', listed('rg-slot', 'Microsoft.Insights/activityLogAlerts', 'alert-contoso-ck-slot1-roles-changed')],
    ['the log of the slot', listed('rg-slot', 'Microsoft.OperationalInsights/workspaces', 'log-contoso-ck-slot1')],
    [
      'an alert of it',
      listed('rg-slot', 'Microsoft.Insights/scheduledQueryRules', 'alert-contoso-ck-slot1-key-deleted')
    ],
    ['the private endpoint of the store', listed('rg-slot', 'Microsoft.Network/privateEndpoints', 'pep-CKSTORE1')]
  ] as const)('is %s', ([, resource]) => {
    expect(foreign(resource)).toEqual([])
  })
})

describe('what is foreign in a subscription', () => {
  test.for([
    ['a log of another name', listed('rg-slot', 'Microsoft.OperationalInsights/workspaces', 'log-contoso-ck')],
    ['a log elsewhere', listed('rg-keys', 'Microsoft.OperationalInsights/workspaces', 'log-contoso-ck-slot1')],
    ['another vault', listed('rg-keys', 'Microsoft.KeyVault/vaults', 'v3')],
    ['what is no vault and has the name of one', listed('rg-keys', 'Microsoft.Compute/virtualMachines', 'v1')],
    ['a topic of another vault', listed('rg-keys', 'Microsoft.EventGrid/systemTopics', 'v3-events')],
    ['a topic that has the name of a vault', listed('rg-keys', 'Microsoft.EventGrid/systemTopics', 'v1')],
    ['a vault of a drill elsewhere', listed('rg-other', 'Microsoft.KeyVault/vaults', 'ck-drill-261130-0a1b2c3d')],
    [
      'a vault that is only called like a drill’s',
      listed('rg-keys', 'Microsoft.KeyVault/vaults', 'ck-drill-261130-0a1b2c3d-x')
    ],
    ['a vault that ends like a drill’s', listed('rg-keys', 'Microsoft.KeyVault/vaults', 'my-ck-drill-261130-0a1b2c3d')],
    ['another store, in the group of the first', listed('rg-slot', 'Microsoft.Storage/storageAccounts', 'other')],
    ['another identity', listed('rg-slot', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'id-contoso')],
    [
      'an identity that ends otherwise',
      listed('rg-slot', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'id-contoso-ck-dead-letters-12')
    ],
    [
      'an identity that begins otherwise',
      listed('rg-slot', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'my-id-contoso-ck-dead-letters-1')
    ],
    [
      'what is no identity and is called like one',
      listed('rg-slot', 'Microsoft.Compute/disks', 'id-contoso-ck-dead-letters-1')
    ],
    [
      'an action group of a slot that there is not',
      listed('rg-slot', 'Microsoft.Insights/actionGroups', 'ag-contoso-ck-slot3')
    ],
    [
      'an action group called otherwise',
      listed('rg-slot', 'Microsoft.Insights/actionGroups', 'my-ag-contoso-ck-slot1')
    ],
    ['an action group that goes on', listed('rg-slot', 'Microsoft.Insights/actionGroups', 'ag-contoso-ck-slot1-x')],
    ['what is called like an action group', listed('rg-slot', 'Microsoft.Compute/disks', 'ag-contoso-ck-slot1')],
    [
      'an alert called otherwise',
      listed('rg-slot', 'Microsoft.Insights/activityLogAlerts', 'my-alert-contoso-ck-slot1-x')
    ],
    [
      'an alert that goes on',
      listed('rg-slot', 'Microsoft.Insights/activityLogAlerts', 'alert-contoso-ck-slot1-roles.')
    ],
    [
      'what is called like an alert',
      listed('rg-slot', 'Microsoft.Compute/disks', 'alert-contoso-ck-slot1-roles-changed')
    ],
    ['a private endpoint of something else', listed('rg-slot', 'Microsoft.Network/privateEndpoints', 'pep-other')],
    ['what is called like the private endpoint', listed('rg-slot', 'Microsoft.Compute/disks', 'pep-ckstore1')],
    [
      'an alert in another group',
      listed('rg-keys', 'Microsoft.Insights/activityLogAlerts', 'alert-contoso-ck-slot1-roles-changed')
    ]
  ] as const)('is %s', ([, resource]) => {
    expect(foreign(resource)).toEqual([resource.id.split('/').at(-1)])
  })

  test('is all that stands where the store would be, once the store is gone or is none', () => {
    const disk = { ...store, type: 'Microsoft.Compute/disks' }
    expect(foreignAmong([...alerts, disk], own, account)).toEqual([...alerts, disk].map((each) => each.id))
    expect(foreignAmong(alerts, own, 'another')).toHaveLength(alerts.length)
  })
})

describe('alerts of a slot', () => {
  test('are missed each by its own name, in the group of the store alone', () => {
    expect(alertsMissing([store, ...alerts], account)).toEqual([])
    for (const [index, alert] of slotAlerts.entries())
      expect(alertsMissing([store, ...alerts.toSpliced(index, 1)], account)).toEqual([alert])
    const loud = alerts.map((each) => ({ ...each, id: each.id.toUpperCase(), type: each.type.toUpperCase() }))
    expect(alertsMissing([store, ...loud], account)).toEqual([])
  })

  test('are missed all where there is no store, or where they stand elsewhere or are something else', () => {
    expect(alertsMissing(alerts, account)).toEqual(slotAlerts)
    const elsewhere = alerts.map((each) => ({ ...each, id: each.id.replace('rg-slot', 'rg-keys') }))
    const others = alerts.map((each) => ({ ...each, type: 'Microsoft.Compute/disks' }))
    const prefixed = alerts.map((each) => ({ ...each, id: each.id.replace('/alert-', '/my-alert-') }))
    for (const wrong of [elsewhere, others, prefixed])
      expect(alertsMissing([store, ...wrong], account)).toEqual(slotAlerts)
  })
})
