import { expect, test } from 'vitest'
import { allChecks } from '../../../src/domain/checks/all-checks.ts'
import { callFor, readBy } from '../../../src/domain/checks/reads.ts'
import { refusedChecks } from '../../../src/domain/checks/refused.ts'
import type { Call } from '../../../src/domain/terms/evidence.ts'

/** What no call showed: a refusal, a wait, an answer that is none, a mail that is followed, a key that is watched. */
const withoutEvidence = new Set([
  ...Object.keys(refusedChecks),
  ...['unreachable', 'unreadable', 'stopped', 'azure-stalled', 'mail-not-delivered', 'mail-unconfirmed'],
  ...['backup-unreachable', 'backup-unreadable', 'vault-reachable', 'vault-readable', 'events-refused'],
  ...[
    'keys-there',
    'key-versions-enabled',
    'key-not-expired',
    'key-not-expiring',
    'key-versions-expiry',
    'offline-copy'
  ]
])

test('every check that leaves evidence says which call sees what it looks at', () => {
  const silent = allChecks.filter(({ code }) => readBy(code) === undefined).map(({ code }) => code)
  expect(silent.filter((code) => !withoutEvidence.has(code))).toEqual([])
})

const call = (operation: string): Call => ({ operation, requestId: operation, identity: 'slot-1' })

test('evidence names the call that its check reads, whichever was made last, and none that did not see it', () => {
  const made = [call('GET subscription'), call('LIST resources'), call('GET provider')]
  expect(callFor('foreign-resources', made).operation).toBe('LIST resources')
  expect(callFor('offer-type', made).operation).toBe('GET subscription')
  expect(() => callFor('key-rotation', made)).toThrow(/looks at what GET key rotation policy shows/)
  expect(callFor('subscription-disabled', made).operation).toBe('GET provider')
  expect(callFor('key-rotation', call('GET key')).operation).toBe('GET key') // one alone is whatever was asked
})
