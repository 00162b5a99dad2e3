import { expect, test } from 'vitest'
import { administersGroup, administratorsApartChecks } from '../../../src/domain/checks/administrators-apart.ts'
import { findingsOf } from '../holding.ts'

const above = '/providers/Microsoft.Management/managementGroups/root'
const held = (scope: string) => ({ objectId: 'somebody', roleName: 'Owner', scope, isPerson: true })
const one = [held('/subscriptions/1'), held(above)]
const expected = { subscriptionId: '1', resourceGroup: 'g' }
const found = (own: typeof one, other: typeof one) => findingsOf(administratorsApartChecks, { own, other }, expected)

test('whoever was given one slot and only inherits the other may be overridden, in both halves of the finding', () => {
  const overridable = { 'administrators-apart': { overridable: true } }
  expect([found(one, [held(above)]), found([held(above)], one)]).toMatchObject([overridable, overridable])
})

test('whoever was given both slots may not, whatever they inherit besides', () => {
  const other = [held('/subscriptions/2/resourceGroups/g'), held(above)]
  const not = { 'administrators-apart': { overridable: false } }
  expect([found(one, other), found(other, one)]).toMatchObject([not, not])
})

test('less than changing a vault administers its group as well; reading it does not', () => {
  const administers = (action: string) => administersGroup({ actions: [action] })
  for (const action of [
    'Microsoft.KeyVault/vaults/accessPolicies/write',
    'microsoft.keyvault/vaults/*',
    'Microsoft.KeyVault/vaults/delete',
    '*/delete',
    'Microsoft.Authorization/roleAssignments/write',
    'Microsoft.Resources/subscriptions/resourceGroups/delete'
  ])
    expect([action, administers(action)]).toEqual([action, true])
  expect(administers('Microsoft.KeyVault/vaults/read')).toBe(false)
  expect(administers('*/read')).toBe(false)
})
