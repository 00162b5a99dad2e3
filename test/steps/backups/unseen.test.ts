import { expect, test } from 'vitest'
import { AzureCallError, type AzureFailure } from '../../../src/azure/errors.ts'
import { afterHandOff } from '../../../src/domain/checks/after-hand-off.ts'
import { unlessUnseen, unseen } from '../../../src/steps/backups/unseen.ts'

const failed = (operation: string, kind: AzureFailure): AzureCallError =>
  new AzureCallError(
    {
      kind,
      service: 'Azure Resource Manager',
      call: { operation, requestId: 'r', identity: 'slot-1' },
      status: kind === 'unreadable' ? 200 : 400,
      code: 'SomeCode',
      retryAfterSeconds: undefined
    },
    undefined
  )

test.each([
  ['GET feature', 'R26'],
  ['GET subscription', 'R7'],
  ['LIST resources', 'R12'],
  ['GET organization', 'R8'],
  ['GET service principal', 'R37']
])(
  'a sweep to which %s answers nothing of use says so of %s, and nothing of keys and backups',
  async (operation, is) => {
    for (const kind of ['unreadable', 'invalid'] as const) {
      const [finding] = await unlessUnseen('sub', () => Promise.reject(failed(operation, kind)))
      expect(finding).toMatchObject({ requirement: is, resource: 'sub' })
      expect(finding?.code).toMatch(/^un(readable|reachable)-sub$/)
      expect(finding && afterHandOff(finding).remedy).not.toMatch(/key|backup|retry/i)
    }
  }
)

test('of a key it is its backup that nobody knows', () => {
  expect(unseen(failed('GET key', 'unreadable'), 'vault/key')).toMatchObject({
    requirement: 'R45',
    check: 'backup-unreadable'
  })
})
