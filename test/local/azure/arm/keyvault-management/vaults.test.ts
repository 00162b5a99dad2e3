import type { VaultCreateOrUpdateParameters } from '@azure/arm-keyvault'
import { beforeEach, expect, test } from 'vitest'
import { registeredProviders } from '../../../../../local/azure/arm/resources/records.ts'
import {
  deletedVaults,
  namesHeldElsewhere,
  vaults as vaultRecords
} from '../../../../../local/azure/arm/keyvault-management/vault-record.ts'
import { expectContractFault } from '../../../../contract/watch.ts'
import { all, principals, refused, useArm } from '../arm-simulation.ts'
import { subscriptionIds, tenantId } from '../request.ts'

const arm = useArm()
const group = 'CK-EX'
const name = 'Contoso-CK-EX-NA-VaultA1'
const vaults = () => arm.as(principals.slot1).vaults
const sku = { family: 'A', name: 'premium' } as const
const sound = { tenantId, sku, accessPolicies: [], enableRbacAuthorization: false }
type Properties = Partial<VaultCreateOrUpdateParameters['properties']>
const wish = (properties: Properties = {}, location = 'westus2', tags: Record<string, string> = {}) => ({
  location,
  tags,
  properties: { ...sound, ...properties }
})

/** Sends the creation and does not wait for it. */
async function put(vault: string, parameters: VaultCreateOrUpdateParameters, client = vaults()): Promise<void> {
  await client.createOrUpdate(group, vault, parameters).submitted()
}

beforeEach(async () => {
  const { resourceGroups, providers } = arm.as(principals.slot1).resources
  await resourceGroups.createOrUpdate(group, { location: 'westus2' })
  await providers.register('Microsoft.KeyVault')
})

test('a new vault registers its name for some seconds before it is ready', async () => {
  await put(name, wish({ enablePurgeProtection: true, enableSoftDelete: true, softDeleteRetentionInDays: 90 }))
  expect(await vaults().get(group, name)).toMatchObject({
    id: `/subscriptions/${subscriptionIds[0]}/resourceGroups/CK-EX/providers/Microsoft.KeyVault/vaults/${name}`,
    name,
    location: 'westus2',
    systemData: { createdBy: principals.slot1.clientId },
    properties: {
      sku: { family: 'A', name: 'premium' },
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enablePurgeProtection: true,
      enableRbacAuthorization: false,
      provisioningState: 'RegisteringDns',
      vaultUri: `https://${name.toLowerCase()}.vault.azure.net`
    }
  })
  await arm.around.clock.advance(20_000)
  expect((await vaults().get(group, name)).properties).toMatchObject({
    provisioningState: 'Succeeded',
    vaultUri: `https://${name.toLowerCase()}.vault.azure.net/`
  })
})

test('the long-running creation of the client ends when the vault is ready', async () => {
  const poller = vaults().createOrUpdate(group, name, wish(), { updateIntervalInMs: 5 })
  await poller.submitted()
  await arm.around.clock.advance(20_000)
  expect((await poller.pollUntilDone()).properties.provisioningState).toBe('Succeeded')
})

test('what a creation leaves out gets the default of the newest version, which is Azure RBAC', async () => {
  await put(name, { location: 'westus2', properties: { tenantId, sku: { family: 'A', name: 'standard' } } })
  const { properties } = await vaults().get(group, name)
  expect(properties).toMatchObject({ enableRbacAuthorization: true, softDeleteRetentionInDays: 90, accessPolicies: [] })
  expect(properties.enablePurgeProtection).toBeUndefined()
})

test('names that Azure does not allow are refused, and said to be invalid when asked', async () => {
  for (const bad of ['ab', 'v'.repeat(25), '1vault', 'vault-', 'two--hyphens', 'under_score']) {
    await refused(put(bad, wish()), 400, 'VaultNameNotValid', bad)
    expect(await vaults().checkNameAvailability({ name: bad, type: 'Microsoft.KeyVault/vaults' })).toMatchObject({
      nameAvailable: false,
      reason: 'AccountNameInvalid'
    })
  }
})

test('a name is taken in all of Azure, whatever its capitals, by living and deleted vaults alike', async () => {
  const check = (wanted: string) => vaults().checkNameAvailability({ name: wanted, type: 'Microsoft.KeyVault/vaults' })
  expect(await check(name)).toMatchObject({ nameAvailable: true })
  await put(name, wish())
  const vault = vaultRecords(arm.around.world).get(name.toLowerCase())
  if (vault === undefined) throw new Error('no vault')
  const gone = { vault: { ...vault, name: 'gone-vault' }, deletedAt: arm.around.clock.now() }
  deletedVaults(arm.around.world).set('gone-vault', gone)
  namesHeldElsewhere(arm.around.world).set('somebody-elses', {})
  for (const taken of [name.toUpperCase(), 'Gone-Vault', 'somebody-elses']) {
    expect(await check(taken)).toMatchObject({ nameAvailable: false, reason: 'AlreadyExists' })
  }
  await refused(put('gone-vault', wish()), 409, 'ConflictError', 'deleted state')
  const other = arm.as(principals.slot2, subscriptionIds[1])
  await other.resources.resourceGroups.createOrUpdate(group, { location: 'eastus2' })
  await other.resources.providers.register('Microsoft.KeyVault')
  await refused(put(name, wish(), other.vaults), 409, 'VaultAlreadyExists', 'globally unique')
})

test('a deleted vault of the subscription can be looked up with the date its name comes free', async () => {
  await put(name, wish({ enablePurgeProtection: true }))
  await arm.as(principals.alice).vaults.delete(group, name)
  await refused(vaults().get(group, name), 404, 'ResourceNotFound')
  const deleted = await vaults().getDeleted(name, 'westus2')
  expect(deleted.properties).toMatchObject({ purgeProtectionEnabled: true, location: 'westus2' })
  expect(deleted.properties?.scheduledPurgeDate?.toISOString()).toMatch(/^2027-02-21T17:00/)
  expect((await all(vaults().listDeleted())).map((vault) => vault.name)).toEqual([name])
  await refused(vaults().getDeleted(name, 'eastus2'), 404, 'DeletedVaultNotFound')
})

test('the app can delete no vault', async () => {
  await put(name, wish())
  await refused(vaults().delete(group, name), 403, 'AuthorizationFailed', 'Microsoft.KeyVault/vaults/delete')
})

test("a vault needs its group, its provider, a region and the slot's own subscription", async () => {
  await refused(vaults().createOrUpdate('nowhere', name, wish()).submitted(), 404, 'ResourceGroupNotFound')
  await refused(put(name, wish({}, 'atlantis')), 400, 'LocationNotAvailableForResourceType')
  const slot2 = arm.as(principals.slot2, subscriptionIds[1])
  registeredProviders(arm.around.world).delete(`${subscriptionIds[1]}/microsoft.keyvault`)
  await refused(put(name, wish(), slot2.vaults), 409, 'MissingSubscriptionRegistration', 'Microsoft.KeyVault')
  const slot2InSlot1 = arm.as(principals.slot2).vaults
  await refused(put(name, wish(), slot2InSlot1), 403, 'AuthorizationFailed', 'Microsoft.KeyVault/vaults/write')
})

test('what Azure never lets a vault be is refused', async () => {
  const wishes: Properties[] = [
    { enablePurgeProtection: false },
    { enableSoftDelete: false },
    { softDeleteRetentionInDays: 6 },
    { softDeleteRetentionInDays: 91 },
    { tenantId: subscriptionIds[0] },
    { sku: { family: 'A', name: 'gold' as 'premium' } } // the service must refuse what the types would not let through
  ]
  for (const properties of wishes) await refused(put(name, wish(properties)), 400, 'BadRequest')
  await refused(vaults().get(group, name), 404, 'ResourceNotFound')
})

test('purge protection stays once it is on, and the retention as it was', async () => {
  await put(name, wish({ enablePurgeProtection: true, softDeleteRetentionInDays: 30 }))
  const update = (properties: Properties) => vaults().update(group, name, { properties })
  await refused(update({ enablePurgeProtection: false }), 400, 'BadRequest', 'irreversible')
  await refused(update({ softDeleteRetentionInDays: 90 }), 400, 'BadRequest', "can't be modified")
  await put(name, wish())
  const { properties } = await vaults().get(group, name)
  expect(properties).toMatchObject({ enablePurgeProtection: true, softDeleteRetentionInDays: 30 })
})

test('a second PUT replaces policies and tags, a PATCH leaves alone what it does not name', async () => {
  const policy = { tenantId, objectId: principals.app.objectId, permissions: { keys: ['get' as const] } }
  await put(name, wish({ accessPolicies: [policy] }, 'westus2', { a: '1' }))
  const patched = await vaults().update(group, name, { tags: { b: '2' } })
  expect([patched.tags, patched.properties.accessPolicies]).toEqual([{ b: '2' }, [policy]])
  await put(name.toUpperCase(), wish())
  const replaced = await vaults().get(group, name)
  expect([replaced.name, replaced.tags, replaced.properties.accessPolicies]).toEqual([name, {}, []])
})

test('a vault stays in its region', async () => {
  await put(name, wish())
  await refused(put(name, wish({}, 'eastus2')), 409, 'InvalidResourceLocation', "already exists in location 'westus2'")
})

test('switching the permission model is for owners', async () => {
  await put(name, wish())
  const change = { properties: { enableRbacAuthorization: true } }
  await refused(vaults().update(group, name, change), 403, 'AuthorizationFailed', 'roleAssignments/write')
  const changed = await arm.as(principals.alice).vaults.update(group, name, change)
  expect(changed.properties.enableRbacAuthorization).toBe(true)
})

test('vaults are listed by subscription, by group and among all resources', async () => {
  expectContractFault('the api-version is 2015-11-01') // Key Vault's own client asks for all resources as of old
  await put(name, wish())
  const names = async (pages: AsyncIterable<{ name?: string }>) => (await all(pages)).map((vault) => vault.name)
  expect(await names(vaults().listBySubscription())).toEqual([name])
  expect(await names(vaults().listByResourceGroup(group))).toEqual([name])
  expect(await names(vaults().list())).toEqual([name])
  await refused(all(vaults().listByResourceGroup('nowhere')), 404, 'ResourceGroupNotFound')
})
