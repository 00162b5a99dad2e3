import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  keyName,
  longestPrefix,
  resourceGroupName,
  vaultName,
  vaultNameFaults
} from '../../../src/domain/request/naming.ts'

const scopes = fc.option(fc.stringMatching(/^[A-Za-z0-9]{1,8}$/), { nil: undefined })
const policies = fc.oneof(
  fc.record({ workload: fc.constantFrom('exchange' as const, 'sharepoint' as const), scope: scopes }),
  fc.constant({ workload: 'multi-workload' as const, scope: undefined })
)
const slots = fc.constantFrom(1 as const, 2 as const)

describe('vault names', () => {
  test('follow Microsoft’s example', () => {
    const namePrefix = 'Contoso'
    expect(vaultName({ namePrefix, workload: 'exchange', scope: 'NA', slot: 1 })).toBe('Contoso-CK-EX-NA-VaultA1')
    expect(vaultName({ namePrefix, workload: 'sharepoint', scope: 'NA', slot: 2 })).toBe('Contoso-CK-SP-NA-VaultA2')
    expect(vaultName({ namePrefix, workload: 'multi-workload', scope: undefined, slot: 1 })).toBe(
      'Contoso-CK-M365-VaultA1'
    )
  })

  test('fit exactly while the prefix is no longer than the longest', () => {
    fc.assert(
      fc.property(policies, slots, fc.integer({ min: 1, max: 24 }), (policy, slot, length) => {
        const name = vaultName({ namePrefix: 'x'.repeat(length), ...policy, slot })
        return (vaultNameFaults(name).length === 0) === length <= longestPrefix(policy)
      })
    )
  })

  test('always leave room for a prefix of one letter', () => {
    fc.assert(fc.property(policies, (policy) => longestPrefix(policy) >= 1))
  })

  test('are faultless exactly when they match Azure’s rule', () => {
    const rule = /^(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/
    const names = fc.oneof(fc.stringMatching(/^[A-Za-z0-9_-]{0,27}$/), fc.string({ maxLength: 27 }))
    fc.assert(
      fc.property(names, (name) => (vaultNameFaults(name).length === 0) === rule.test(name)),
      { numRuns: 2000 }
    )
  })

  test('name every fault at once', () => {
    expect(vaultNameFaults('1--_')).toEqual([
      'has characters other than letters, digits and hyphens',
      'does not begin with a letter',
      'does not end with a letter or a digit',
      'has two hyphens in a row'
    ])
  })
})

test('keys are named after their vault', () => {
  expect(keyName('Contoso-CK-EX-NA-VaultA1')).toBe('Contoso-CK-EX-NA-VaultA1-Key001')
})

test('each slot has a resource group of its own', () => {
  expect(resourceGroupName('Contoso', 1)).toBe('rg-contoso-ck-slot1')
  expect(resourceGroupName('Contoso', 2)).toBe('rg-contoso-ck-slot2')
})
