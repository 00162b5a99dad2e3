import type { AccessPolicyEntry, AccessPolicyUpdateKind } from '@azure/arm-keyvault'
import { beforeEach, expect, test } from 'vitest'
import { stableGuid } from '../../../../../local/azure/stable-guid.ts'
import { principals, refused, useArm } from '../arm-simulation.ts'
import { subscriptionIds, tenantId } from '../request.ts'

const arm = useArm()
const group = 'CK-EX'
const name = 'Contoso-CK-EX-NA-VaultA1'
const alice = stableGuid(tenantId, 'user alice@contoso.com')
const exchange = stableGuid(tenantId, 'exchange')

type Keys = NonNullable<AccessPolicyEntry['permissions']['keys']>
const policy = (objectId: string, keys: Keys): AccessPolicyEntry => ({ tenantId, objectId, permissions: { keys } })
const change = (kind: AccessPolicyUpdateKind, ...accessPolicies: AccessPolicyEntry[]) =>
  arm.as(principals.slot1).vaults.updateAccessPolicy(group, name, kind, { properties: { accessPolicies } })
async function present() {
  const { properties } = await arm.as(principals.slot1).vaults.get(group, name)
  return (properties.accessPolicies ?? []).map(({ objectId, permissions }) => [objectId, permissions.keys])
}

beforeEach(async () => {
  const { resources, vaults } = arm.as(principals.slot1)
  await resources.resourceGroups.createOrUpdate(group, { location: 'westus2' })
  await resources.providers.register('Microsoft.KeyVault')
  const sku = { family: 'A', name: 'premium' } as const
  const properties = { tenantId, sku, accessPolicies: [], enableRbacAuthorization: false }
  await vaults.createOrUpdate(group, name, { location: 'westus2', properties }).submitted()
})

test('adding brings new identities and merges permissions of known ones', async () => {
  await change('add', policy(alice, ['get', 'list']))
  const exchangePolicy = policy(exchange, ['wrapKey', 'unwrapKey', 'get'])
  const answer = await change('add', policy(alice, ['Get', 'backup']), exchangePolicy)
  const expected = [
    [alice, ['get', 'list', 'backup']],
    [exchange, ['wrapKey', 'unwrapKey', 'get']]
  ]
  expect(await present()).toEqual(expected)
  expect(answer.properties.accessPolicies.map(({ objectId, permissions }) => [objectId, permissions.keys])).toEqual(
    expected
  )
})

test('replacing touches only the identities it names', async () => {
  await change('add', policy(alice, ['get', 'delete']), policy(exchange, ['get']))
  await change('replace', policy(alice, ['get']))
  expect(await present()).toEqual([
    [alice, ['get']],
    [exchange, ['get']]
  ])
})

test('removing takes permissions, and the entry with its last one', async () => {
  await change('add', policy(alice, ['get', 'list']), policy(exchange, ['get']))
  await change('remove', policy(alice, ['list']), policy(exchange, ['get']), policy(principals.app.objectId, ['get']))
  expect(await present()).toEqual([[alice, ['get']]])
})

test('another tenant, an unknown permission, a name for an id and two entries for one are refused', async () => {
  const bad = (says: string, ...policies: AccessPolicyEntry[]) =>
    refused(change('add', ...policies), 400, 'BadRequest', says)
  await bad('tenantId', { ...policy(alice, ['get']), tenantId: subscriptionIds[0] })
  await bad('destroy', policy(alice, ['destroy']))
  await bad('objectId', policy('alice@contoso.com', ['get']))
  await bad('two entries', policy(alice, ['get']), policy(alice.toUpperCase(), ['list']))
  expect(await present()).toEqual([])
})

test('a vault takes 1024 entries and not one more', async () => {
  const many = Array.from({ length: 1024 }, (_, index) => policy(stableGuid(tenantId, `user ${index}`), ['get']))
  await change('add', ...many)
  await refused(change('add', policy(alice, ['get'])), 400, 'BadRequest', '1024')
})

test('the other slot and the app change no policies here', async () => {
  for (const principal of [principals.slot2, principals.app]) {
    const { vaults } = arm.as(principal)
    await refused(
      vaults.updateAccessPolicy(group, name, 'add', { properties: { accessPolicies: [] } }),
      403,
      'AuthorizationFailed',
      'Microsoft.KeyVault/vaults/accessPolicies/write'
    )
  }
})
