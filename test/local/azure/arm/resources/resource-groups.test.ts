import { expect, test } from 'vitest'
import { registeredProviders } from '../../../../../local/azure/arm/resources/records.ts'
import { principals, refused, useArm } from '../arm-simulation.ts'
import { subscriptionIds } from '../request.ts'

const arm = useArm()
const groups = () => arm.as(principals.slot1).resources.resourceGroups

test('a group is absent, then made, then there', async () => {
  expect((await groups().checkExistence('CK-EX')).body).toBe(false)
  await refused(groups().get('CK-EX'), 404, 'ResourceGroupNotFound', "Resource group 'CK-EX' could not be found.")
  const made = await groups().createOrUpdate('CK-EX', { location: 'West US 2', tags: { a: 'b' } })
  expect(made).toMatchObject({ name: 'CK-EX', location: 'westus2', tags: { a: 'b' } })
  expect((await groups().checkExistence('ck-ex')).body).toBe(true)
  expect(await groups().get('ck-ex')).toMatchObject({ name: 'CK-EX', properties: { provisioningState: 'Succeeded' } })
})

test('writing a group again replaces its tags and cannot move it', async () => {
  await groups().createOrUpdate('CK-EX', { location: 'westus2', tags: { a: 'b' } })
  expect((await groups().createOrUpdate('ck-ex', { location: 'westus2' })).tags).toEqual({})
  await refused(groups().createOrUpdate('CK-EX', { location: 'eastus2' }), 409, 'InvalidResourceGroupLocation')
})

test('a region that Azure does not have and a name it does not allow are refused', async () => {
  const sunk = groups().createOrUpdate('CK-EX', { location: 'atlantis' })
  await refused(sunk, 400, 'LocationNotAvailableForResourceType', 'atlantis')
  await refused(groups().createOrUpdate('ends.', { location: 'westus2' }), 400, 'InvalidParameter')
})

test('a slot makes no group in the subscription of the other', async () => {
  const { resourceGroups } = arm.as(principals.slot1, subscriptionIds[1]).resources
  await refused(
    resourceGroups.createOrUpdate('CK-EX', { location: 'westus2' }),
    403,
    'AuthorizationFailed',
    `over scope '/subscriptions/${subscriptionIds[1]}/resourceGroups/CK-EX'`
  )
  await expect(resourceGroups.checkExistence('CK-EX')).rejects.toMatchObject({ statusCode: 403 })
})

test('the Key Vault provider is registered once asked for, by whoever may register any', async () => {
  const { providers } = arm.as(principals.slot1).resources
  registeredProviders(arm.around.world).delete(`${subscriptionIds[0]}/microsoft.keyvault`)
  expect((await providers.get('Microsoft.KeyVault')).registrationState).toBe('NotRegistered')
  expect((await providers.register('Microsoft.KeyVault')).registrationState).toBe('Registered')
  expect((await providers.get('Microsoft.KeyVault')).registrationState).toBe('Registered')
  await refused(
    arm.as(principals.app).resources.providers.register('Microsoft.Storage'),
    403,
    'AuthorizationFailed',
    'Microsoft.Storage/register/action'
  )
  expect((await providers.register('Microsoft.Resources')).registrationState).toBe('Registered')
  await refused(providers.get('Microsoft.Keyvaults'), 404, 'InvalidResourceNamespace')
})
