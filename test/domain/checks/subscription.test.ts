import { describe, expect, test } from 'vitest'
import { subscriptionChecks, type SubscriptionObserved } from '../../../src/domain/checks/subscription.ts'
import { findingsOf } from '../holding.ts'

const tenant = 'b9a6cd92-3f3e-4d5d-8f0e-2c6a8c1d7e10'
const sound: SubscriptionObserved = {
  id: '8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02',
  displayName: 'Contoso-CK-1',
  state: 'Enabled',
  tenantId: tenant,
  quotaId: 'EnterpriseAgreement_2014-09-01',
  spendingLimit: 'Off',
  keyVaultProvider: 'Registered',
  foreignResources: []
}
const found = (change: Partial<SubscriptionObserved>) =>
  findingsOf(subscriptionChecks, { ...sound, ...change }, { tenantId: tenant.toUpperCase() })

test('a paid, enabled subscription of the tenant with nothing else in it passes', () => {
  expect(found({})).toEqual({})
})

test.each(['Warned', 'PastDue', 'Disabled', 'Expired', 'Deleted', 'Frozen'])(
  'a subscription that is %s does not pass',
  (state) => {
    expect(found({ state })).toMatchObject({ 'subscription-enabled': { requirement: 'R7', overridable: false } })
  }
)

test('a subscription of another tenant does not pass, and nobody may override it', () => {
  const findings = found({ tenantId: sound.id })
  expect(findings).toMatchObject({ 'subscription-tenant': { requirement: 'R8', overridable: false } })
})

describe('the offer', () => {
  test.each(['EnterpriseAgreement_2014-09-01', 'PayAsYouGo_2014-09-01', 'CSP_2015-05-01', 'payasyougo_2030-01-01'])(
    '%s is paid',
    (quotaId) => expect(found({ quotaId })).toEqual({})
  )

  test.each([
    'FreeTrial_2014-09-01',
    'MSDN_2014-09-01',
    'Sponsored_2016-01-01',
    'AzurePass_2014-09-01',
    'DreamSpark_2015-02-01',
    'AzureForStudents_2018-01-01',
    'Default_2014-09-01'
  ])('%s is refused by Microsoft, and nobody may override it', (quotaId) => {
    expect(found({ quotaId })).toMatchObject({ 'offer-type': { requirement: 'R2', overridable: false } })
  })

  test.each(['MSDNDevTest_2014-09-01', 'MPN_2014-09-01', 'AzureInOpen_2014-09-01', 'Internal_2014-09-01', '', 'MSDNx'])(
    '%j is not a yes, and takes an operator’s reason',
    (quotaId) => {
      expect(found({ quotaId })).toMatchObject({ 'offer-type': { overridable: true } })
    }
  )
})

test('a spending limit does not pass; an unknown one takes a reason', () => {
  expect(found({ spendingLimit: 'On' })).toMatchObject({ 'spending-limit': { overridable: false } })
  expect(found({ spendingLimit: 'CurrentPeriodOff' })).toMatchObject({ 'spending-limit': { overridable: false } })
  expect(found({ spendingLimit: undefined })).toMatchObject({ 'spending-limit': { overridable: true } })
})

test('resources of others are counted, some named, and may stay for a reason', () => {
  expect(found({ foreignResources: ['/a', '/b', '/c', '/d'] })).toMatchObject({
    'foreign-resources': { requirement: 'R12', observed: '4 other: /a, /b, /c, …', overridable: true }
  })
  const vault = '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v'
  expect(found({ foreignResources: [vault] })).toMatchObject({
    'foreign-resources': { remedy: expect.stringMatching(/^A key vault is among them: delete none whose keys/) }
  })
})

test('each state of Azure’s has a cure of its own, and only what can be reactivated is to be', () => {
  const remedyIn = (state: string) => found({ state })['subscription-enabled']?.remedy ?? ''
  const states = ['Warned', 'PastDue', 'Disabled', 'Expired', 'Deleted', 'Frozen']
  expect(new Set(states.map(remedyIn)).size).toBe(states.length)
  const reactivated = states.filter((state) => remedyIn(state).includes('Reactivate;'))
  expect(reactivated).toEqual(['Warned', 'Disabled', 'Expired'])
  expect(remedyIn('PastDue')).toContain('pay the open balance')
  expect(remedyIn('Deleted')).toContain('support request to Microsoft at once')
  expect(remedyIn('Frozen')).toContain('does not know the state Frozen')
})
