import type { AssignedPolicy } from '../../../src/domain/resources/assigned-policy.ts'
import { describe, expect, test } from 'vitest'
import { policyChecks } from '../../../src/domain/checks/policy.ts'
import { findingsOf } from '../holding.ts'
import { matching } from '../matching.ts'

const keysMustExpire = '152b15f7-8e1f-4c1f-ab71-8c010ba5dbc0'
const allowedLocations = 'e56962a6-4747-49cd-b67b-bf8b01975c4c'

const policy = (definition: string, change: Partial<AssignedPolicy> = {}): AssignedPolicy => ({
  assignmentId: '/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/a',
  assignment: 'Landing zone',
  definition,
  title: 'A rule',
  effect: 'deny',
  rule: '',
  parameters: {},
  ...change
})

const found = (...policies: AssignedPolicy[]) =>
  findingsOf(policyChecks, { policies }, { subscriptionId: 's', regions: ['westus2', 'eastus2'] })

describe('Azure Policy on a subscription', () => {
  test('may rule what has nothing to do with key vaults', () => {
    expect(found()).toEqual({})
    expect(
      found(
        policy('tags', { rule: '{"field":"tags"}' }),
        policy('vm', { rule: '{"equals":"microsoft.compute/virtualmachines"}' })
      )
    ).toEqual({})
  })

  test('may not refuse keys that never expire, whatever is overridden', () => {
    expect(found(policy(keysMustExpire))).toMatchObject({
      'policy-key-expiry': {
        requirement: 'R42',
        overridable: false,
        observed: matching(/"A rule" \(deny\) by assignment "Landing zone"/),
        remedy: matching(/az policy exemption create .* --policy-assignment \/subscriptions\/s\/.*policyAssignments\/a/)
      }
    })
  })

  test('that only audits keys which never expire may be overridden, and one that is off is nothing', () => {
    expect(found(policy(keysMustExpire, { effect: 'audit' }))).toMatchObject({
      'policy-key-expiry': { overridable: true }
    })
    expect(found(policy(keysMustExpire, { effect: 'disabled' }))).toEqual({})
  })

  // The field of Azure's own: https://learn.microsoft.com/azure/key-vault/general/troubleshoot-azure-policy-for-key-vault
  test('that people wrote themselves, and that looks at the expiration date of keys, is one of those', () => {
    const rule = '{"field":"microsoft.keyvault.data/vaults/keys/attributes.expireson","exists":false}'
    expect(Object.keys(found(policy('own', { rule })))).toEqual(['policy-key-expiry'])
    expect(found(policy('own', { rule, effect: 'audit' }))).toMatchObject({
      'policy-key-expiry': { overridable: true }
    })
    expect(found(policy('own', { rule, effect: 'disabled' }))).toEqual({})
    const secrets = '{"field":"microsoft.keyvault.data/vaults/secrets/attributes.expireson","exists":false}'
    expect(found(policy('own', { rule: secrets, effect: 'audit' }))).toEqual({})
  })

  test.each([
    ['every region of the plan', ['West US 2', 'eastus2', 'uksouth'], []],
    ['one of the two', ['westus2'], ['policy-locations']],
    ['what cannot be read', 'westus2', ['policy-locations']]
  ])('allows %s', (_title, allowed, codes) => {
    expect(Object.keys(found(policy(allowedLocations, { parameters: { ListOfAllowedLocations: allowed } })))).toEqual(
      codes
    )
  })

  test('that speaks of SKUs or of key vaults is for a person to read', () => {
    expect(found(policy('sku', { rule: '{"field":"microsoft.keyvault/vaults/sku.name"}' }))).toMatchObject({
      'policy-sku': { requirement: 'R28', overridable: true }
    })
    expect(found(policy('own', { rule: '{"equals":"microsoft.keyvault/vaults"}', effect: '' }))).toMatchObject({
      'policy-other': { requirement: 'R27', overridable: true, observed: matching(/effect unknown/) }
    })
    expect(found(policy('own', { rule: '{"equals":"microsoft.keyvault/vaults"}', effect: 'audit' }))).toEqual({})
  })

  test('that asks for purge protection asks for what is done anyway', () => {
    expect(
      found(policy('0b60c0b2-2dc2-4e1c-b5c9-abbed971de53', { rule: '{"equals":"microsoft.keyvault/vaults"}' }))
    ).toEqual({})
  })
})
