import type { VaultCreateOrUpdateParameters } from '@azure/arm-keyvault'
import { beforeEach, expect, test } from 'vitest'
import { lags } from '../../../../local/azure/arm/replica.ts'
import { all, principals, refused, useArm } from './arm-simulation.ts'
import { tenantId } from './request.ts'

// Resource Manager is not read-after-write: https://github.com/hashicorp/terraform-provider-azurerm/issues/18268,
// https://github.com/Azure/azure-sdk-for-go/issues/21608 and https://github.com/hashicorp/terraform-provider-azurerm/pull/9125.

const arm = useArm()
const slot = () => arm.as(principals.slot1)
const group = 'Contoso-CK-1'
const name = 'contoso-lag'
const wanted = {
  location: 'westus2',
  properties: {
    tenantId,
    sku: { family: 'A' as const, name: 'premium' },
    accessPolicies: [],
    enableRbacAuthorization: false
  }
} satisfies VaultCreateOrUpdateParameters
const later = () => arm.around.clock.advance(30_000)

beforeEach(() => lags(arm.around.world).set('arm', { ms: 20_000 }))

test('a group that was just made is not there for whoever looks, nor for what is put into it', async () => {
  const { resourceGroups } = slot().resources
  await resourceGroups.createOrUpdate(group, { location: 'westus2' })
  expect((await resourceGroups.checkExistence(group)).body).toBe(false)
  await refused(slot().vaults.createOrUpdate(group, name, wanted).submitted(), 404, 'ResourceGroupNotFound')
  await later()
  expect((await resourceGroups.checkExistence(group)).body).toBe(true)
  await slot().vaults.createOrUpdate(group, name, wanted).submitted()
})

test('a vault that was just made is 404, and one that was just changed is what it was before', async () => {
  const { vaults, resources } = slot()
  await resources.resourceGroups.createOrUpdate(group, { location: 'westus2' })
  await later()
  await vaults.createOrUpdate(group, name, wanted).submitted()
  await refused(vaults.get(group, name), 404, 'ResourceNotFound')
  expect(await all(vaults.listByResourceGroup(group))).toEqual([])
  await later()
  const accessPolicies = [
    { tenantId, objectId: '00000000-0000-4000-8000-00000000abcd', permissions: { keys: ['get'] } }
  ]
  const { properties } = await vaults.updateAccessPolicy(group, name, 'add', { properties: { accessPolicies } })
  expect(properties.accessPolicies).toHaveLength(1)
  expect((await vaults.get(group, name)).properties.accessPolicies).toEqual([])
  await later()
  expect((await vaults.get(group, name)).properties.accessPolicies).toHaveLength(1)
})

test('a registration that was just asked for shows what it was before', async () => {
  const { features } = slot()
  const asked = await features.register('Microsoft.Resources', 'mandatoryRetentionPeriodEnabled')
  expect(asked.properties?.state).toBe('Pending')
  const seen = () => features.get('Microsoft.Resources', 'mandatoryRetentionPeriodEnabled')
  expect((await seen()).properties?.state).toBe('NotRegistered')
  await later()
  expect((await seen()).properties?.state).toBe('Pending')
})
