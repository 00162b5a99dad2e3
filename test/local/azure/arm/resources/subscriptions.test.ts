import { expect, test } from 'vitest'
import { otherResources, subscriptions } from '../../../../../local/azure/arm/resources/records.ts'
import { all, principals, refused, useArm } from '../arm-simulation.ts'
import { subscriptionIds, tenantId } from '../request.ts'

const arm = useArm()
const [own, foreign] = subscriptionIds

test('an identity sees its own subscription, its tenant and its offer', async () => {
  expect(await arm.as(principals.slot1).subscriptions.get(own)).toMatchObject({
    subscriptionId: own,
    tenantId,
    displayName: 'Contoso-CK-1',
    state: 'Enabled',
    subscriptionPolicies: { quotaId: 'EnterpriseAgreement_2014-09-01', spendingLimit: 'Off' }
  })
})

test('the other slot is out of reach, and the refusal says who, what and where', async () => {
  const { clientId, objectId } = principals.slot1
  await refused(
    arm.as(principals.slot1).subscriptions.get(foreign),
    403,
    'AuthorizationFailed',
    `The client '${clientId}' with object id '${objectId}' does not have authorization to perform action ` +
      `'Microsoft.Resources/subscriptions/read' over scope '/subscriptions/${foreign}'`
  )
})

test('the list holds only what one may see', async () => {
  const seen = async (principal: typeof principals.slot1) =>
    (await all(arm.as(principal).subscriptions.list())).map(({ subscriptionId }) => subscriptionId)
  expect(await seen(principals.slot1)).toEqual([own])
  expect(await seen(principals.slot2)).toEqual([foreign])
  expect(await seen(principals.app)).toEqual([])
})

test('the identity of the app has no right in any subscription', async () => {
  for (const id of subscriptionIds) {
    await refused(arm.as(principals.app).subscriptions.get(id), 403, 'AuthorizationFailed')
  }
})

test('a subscription that nobody has is not found, and one of another tenant refuses the token by its issuer', async () => {
  const elsewhere = '00000000-0000-4000-8000-000000000099'
  await refused(arm.as(principals.slot1).subscriptions.get(elsewhere), 404, 'SubscriptionNotFound')
  subscriptions(arm.around.world).set(elsewhere, {
    id: elsewhere,
    tenantId: elsewhere,
    displayName: 'Theirs',
    state: 'Enabled',
    quotaId: 'x',
    spendingLimit: 'Off'
  })
  await refused(
    arm.as(principals.slot1).subscriptions.get(elsewhere),
    401,
    'InvalidAuthenticationTokenTenant',
    'wrong issuer'
  )
  await refused(arm.as(principals.slot1).subscriptions.get('not-a-guid'), 400, 'InvalidSubscriptionId')
})

test('a disabled subscription can be read and not written', async () => {
  const known = subscriptions(arm.around.world)
  known.set(own, { id: own, tenantId, displayName: 'x', quotaId: 'x', spendingLimit: 'Off', state: 'Disabled' })
  const { subscriptions: list, resources } = arm.as(principals.slot1)
  expect((await list.get(own)).state).toBe('Disabled')
  const written = resources.resourceGroups.createOrUpdate('rg', { location: 'westus2' })
  await refused(written, 409, 'ReadOnlyDisabledSubscription')
})

test('foreign resources of a subscription are listed beside what its slot’s administrator deployed', async () => {
  const id = `/subscriptions/${own}/resourceGroups/x/providers/Microsoft.Web/sites/site`
  const site = { id, name: 'site', type: 'Microsoft.Web/sites', location: 'westus2' }
  otherResources(arm.around.world).set(id.toLowerCase(), { ...site, subscriptionId: own })
  const { resources } = arm.as(principals.slot1).resources
  const listed = await all(resources.list())
  expect(listed.filter(({ tags }) => tags?.['customer-key-part'] === 'slot-1').map(({ type }) => type)).toEqual([
    'Microsoft.Storage/storageAccounts',
    'Microsoft.ManagedIdentity/userAssignedIdentities',
    'microsoft.insights/actiongroups',
    ...Array.from({ length: 4 }, () => 'microsoft.insights/activitylogalerts')
  ])
  expect(listed.filter(({ tags }) => tags === undefined)).toEqual([site])
  expect(await all(resources.list({ filter: "resourceType eq 'Microsoft.KeyVault/vaults'" }))).toEqual([])
})
