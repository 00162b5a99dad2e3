import { expect, test } from 'vitest'
import { allChecks } from '../../../src/domain/checks/all-checks.ts'
import { callsFor, readBy } from '../../../src/domain/checks/reads.ts'
import { refusedChecks } from '../../../src/domain/checks/refused.ts'
import type { Call } from '../../../src/domain/terms/evidence.ts'

/** What no call showed: a refusal, a wait, an answer that is none, a mail that is followed, a key that is watched. */
const withoutEvidence = new Set([
  ...Object.keys(refusedChecks),
  ...['unreachable', 'unreadable', 'stopped', 'azure-stalled', 'mail-not-delivered', 'mail-unconfirmed'],
  ...['backup-unreachable', 'backup-unreadable', 'vault-reachable', 'vault-readable', 'events-refused'],
  ...['keys-there', 'offline-copy']
])

test('every check that leaves evidence says which call sees what it looks at', () => {
  const silent = allChecks.filter(({ code }) => readBy(code) === undefined).map(({ code }) => code)
  expect(silent.filter((code) => !withoutEvidence.has(code))).toEqual([])
})

const call = (operation: string): Call => ({ operation, requestId: operation, identity: 'slot-1' })

test('evidence names the call that its check reads, whichever was made last, and none that did not see it', () => {
  const made = [call('GET subscription'), call('LIST resources'), call('GET provider')]
  expect(callsFor('foreign-resources', made).call.operation).toBe('LIST resources')
  expect(callsFor('offer-type', made).call.operation).toBe('GET subscription')
  expect(() => callsFor('key-rotation', made)).toThrow(/looks at what GET key rotation policy shows/)
  expect(callsFor('subscription-disabled', made).call.operation).toBe('GET provider')
  expect(callsFor('key-rotation', call('GET key')).call.operation).toBe('GET key') // one alone is whatever was asked
})

// Each was told of fewer calls than it is judged by, once.
test.each<[string, string[]]>([
  ['policy-other', ['LIST policy assignments', 'LIST policy exemptions', 'GET policy definition']],
  ['vault-name-free', ['GET deleted vault', 'GET vault', 'CHECK vault name']],
  ['backup-digest', ['GET blob', 'HEAD blob', 'LIST key versions']],
  ['slot-template', ['LIST role assignments', 'GET role definition', 'GET service principal', 'LIST resources']]
])('evidence of %s names every answer that it is judged by', (check, operations) => {
  const { call: first, besides } = callsFor(check, operations.map(call))
  expect([first, ...besides].map(({ operation }) => operation)).toEqual(operations)
})

test('evidence of what several answers show together names all of them, each once, and no other', () => {
  const [own, members, graph] = [call('LIST role assignments'), call('GET group members'), call('GET organization')]
  const other = { ...own, requestId: 'other' }
  expect(callsFor('administrators-apart', [other, members, graph, own, own])).toEqual({
    call: own,
    besides: [other, members]
  })
})
