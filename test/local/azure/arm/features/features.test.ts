import { expect, test } from 'vitest'
import { onMailAccepted } from '../../../../../local/azure/microsoft/approvals.ts'
import { isRetentionRegistered } from '../../../../../local/azure/arm/features/retention.ts'
import { expectContractFault } from '../../../../contract/watch.ts'
import { principals, refused, useArm, type Principal } from '../arm-simulation.ts'
import { subscriptionIds } from '../request.ts'

const arm = useArm()
const [first, second] = subscriptionIds
const namespace = 'Microsoft.Resources'
const feature = 'mandatoryRetentionPeriodEnabled'
const day = 24 * 3_600_000

const register = (principal: Principal, id: string) => arm.as(principal, id).features.register(namespace, feature)
const stateOf = async (principal: Principal, id: string) =>
  (await arm.as(principal, id).features.get(namespace, feature)).properties?.state
const states = async () => [await stateOf(principals.slot1, first), await stateOf(principals.slot2, second)]
const mail = (to: string, text: string) => onMailAccepted({ to: [to], text }, arm.around)
const mailBoth = (to = 'exock@microsoft.com') => mail(to, `Subscriptions: ${first}, ${second.toUpperCase()}.`)

test('a feature that was never asked for is NotRegistered, and asking makes it Pending', async () => {
  expect(await stateOf(principals.slot1, first)).toBe('NotRegistered')
  expect(await register(principals.slot1, first)).toMatchObject({
    name: `${namespace}/${feature}`,
    type: 'Microsoft.Features/providers/features',
    properties: { state: 'Pending' }
  })
  expect(await states()).toEqual(['Pending', 'NotRegistered'])
})

test('asking again changes nothing', async () => {
  await register(principals.slot1, first)
  await register(principals.slot1, first)
  expect(await stateOf(principals.slot1, first)).toBe('Pending')
})

test('without a mail Microsoft never approves, without a registration neither', async () => {
  await register(principals.slot1, first)
  await arm.around.clock.advance(30 * day)
  expect(await stateOf(principals.slot1, first)).toBe('Pending')
  mail('exock@microsoft.com', second)
  await arm.around.clock.advance(30 * day)
  expect(await states()).toEqual(['Pending', 'NotRegistered'])
})

test('both subscriptions are approved together, four business days after what came last', async () => {
  await register(principals.slot1, first)
  mailBoth()
  await arm.around.clock.advance(day)
  await register(principals.slot2, second)
  // From Tuesday 24 November over Thanksgiving to Tuesday 1 December, 15:31 in Redmond.
  await arm.around.clock.advance(Date.parse('2026-12-01T23:30:00Z') - arm.around.clock.now())
  expect(await states()).toEqual(['Pending', 'Pending'])
  await arm.around.clock.advance(2 * 60_000)
  expect(await states()).toEqual(['Registered', 'Registered'])
  expect(isRetentionRegistered(arm.around.world, first.toUpperCase())).toBe(true)
})

test('a second mail does not put the approval off', async () => {
  await register(principals.slot1, first)
  await register(principals.slot2, second)
  mailBoth()
  await arm.around.clock.advance(3 * day)
  mailBoth('spock@microsoft.com')
  await arm.around.clock.advance(Date.parse('2026-11-30T23:32:00Z') - arm.around.clock.now())
  expect(await states()).toEqual(['Registered', 'Registered'])
})

test('a mail to anybody but the aliases, or that names no subscription, moves nothing', async () => {
  await register(principals.slot1, first)
  mailBoth('alice@contoso.com')
  mail('exock@microsoft.com', 'Please register us.')
  await arm.around.clock.advance(30 * day)
  expect(await stateOf(principals.slot1, first)).toBe('Pending')
})

test('the clock may jump to the approval by itself', async () => {
  await register(principals.slot1, first)
  await register(principals.slot2, second)
  mailBoth()
  await arm.around.clock.idle(undefined)
  expect(arm.around.clock.nowIso()).toMatch(/^2026-11-30T23:31:0/)
  expect(await states()).toEqual(['Registered', 'Registered'])
})

test('the other slot, a misspelt feature and a missing right are refused', async () => {
  await refused(
    arm.as(principals.slot2, first).features.register(namespace, feature),
    403,
    'AuthorizationFailed',
    'Microsoft.Features/providers/features/register/action'
  )
  await refused(arm.as(principals.app, first).features.get(namespace, feature), 403, 'AuthorizationFailed')
  await refused(arm.as(principals.slot1).features.get('Microsoft.KeyVault', feature), 404, 'FeatureNotFound')
  await refused(arm.as(principals.slot1).features.register(namespace, 'mandatoryRetention'), 404, 'FeatureNotFound')
})

test('nobody in the app can unregister the feature', async () => {
  expectContractFault('nobody answers POST')
  await register(principals.slot1, first)
  const { features } = arm.as(principals.slot1)
  await expect(features.unregister(namespace, feature)).rejects.toMatchObject({ statusCode: 404 })
  expect(await stateOf(principals.slot1, first)).toBe('Pending')
})
