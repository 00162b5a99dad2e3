import { expect, test } from 'vitest'
import { recoveryOf } from '../../../../local/azure/keyvault/recovery-level.ts'
import type { Deletability } from '../../../../local/azure/keyvault/recovery-level.ts'

const usual: Deletability = { enableSoftDelete: true, softDeleteRetentionInDays: 90, enablePurgeProtection: true }
const unprotected: Deletability = { enableSoftDelete: true, softDeleteRetentionInDays: 90 }

test.each([
  [{ ...usual, enableSoftDelete: false }, true, 'Purgeable'],
  [unprotected, false, 'Recoverable+Purgeable'],
  [usual, false, 'Recoverable'],
  [usual, true, 'Recoverable+ProtectedSubscription'],
  [unprotected, true, 'Recoverable+ProtectedSubscription'],
  [{ ...usual, softDeleteRetentionInDays: 89 }, true, 'CustomizedRecoverable+ProtectedSubscription'],
  [{ ...usual, softDeleteRetentionInDays: 7 }, false, 'CustomizedRecoverable'],
  [{ ...unprotected, softDeleteRetentionInDays: 7 }, false, 'CustomizedRecoverable+Purgeable']
])('a key in a vault with %j, retention registered %s, is %s', (vault, registered, level) => {
  expect(recoveryOf(vault, registered).recoveryLevel).toBe(level)
})

test('tells how many days a key can be recovered, and nothing where it cannot', () => {
  expect(recoveryOf({ ...usual, softDeleteRetentionInDays: 30 }, false).recoverableDays).toBe(30)
  expect(recoveryOf({ ...usual, enableSoftDelete: false }, false)).not.toHaveProperty('recoverableDays')
})
