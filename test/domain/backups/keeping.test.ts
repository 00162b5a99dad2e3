import { describe, expect, test } from 'vitest'
import type { BackupManifest } from '../../../src/domain/backups/backup-manifest.ts'
import { drillVaultName } from '../../../src/domain/backups/drill.ts'
import { isAheadOfTime, isDone, lookAfter } from '../../../src/domain/backups/key-backup.ts'
import { fingerprintOf, lastChangeOf, newestOf } from '../../../src/domain/backups/key-fingerprint.ts'
import { versionsAstray, whyNotRestorable } from '../../../src/domain/backups/restore-plan.ts'
import type { KeyVersion } from '../../../src/domain/resources/key.ts'

const version = (id: string, createdOn?: string, updatedOn?: string): KeyVersion => ({
  id: `https://v.vault.azure.net/keys/k/${id.repeat(32)}`,
  enabled: true,
  createdOn,
  updatedOn,
  expiresOn: undefined,
  notBefore: undefined,
  recoveryLevel: 'Recoverable+ProtectedSubscription',
  tags: {}
})
const [one, two] = [version('a', '2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z'), version('b', '2026-02-01T00:00:00Z')]

describe('a key as it is kept', () => {
  test('has one fingerprint, in whatever order its versions are listed, and another once one of them changes', () => {
    const asText = (text: string): string => text
    expect(fingerprintOf([one, two], asText)).toBe(fingerprintOf([two, one], asText))
    expect(fingerprintOf([one, { ...two, enabled: false }], asText)).not.toBe(fingerprintOf([one, two], asText))
  })

  test('changed last when any of its versions did, or came to be where none was changed', () => {
    expect(lastChangeOf([one, two])).toBe('2026-03-01T00:00:00Z')
    expect(lastChangeOf([two, version('c')])).toBe('2026-02-01T00:00:00Z')
    expect(lastChangeOf([version('c')])).toBeUndefined()
  })

  test('stands by its newest version; of two of one moment by the later in the list, and by none that has no moment', () => {
    expect(newestOf([one, two])).toBe(two)
    expect(newestOf([two, one])).toBe(two)
    expect(newestOf([one, version('c')])).toBe(one)
    expect(newestOf([version('c'), one])).toBe(one)
    expect(newestOf([one, version('c', one.createdOn)]).id).toContain('c'.repeat(32))
  })
})

describe('the events of a minute', () => {
  const minute = '2026-12-01T10:00:00.000Z'

  test('are looked after once the minute and half a minute more are over', () => {
    expect(lookAfter(minute)).toBe('2026-12-01T10:01:30.000Z')
  })

  test('are of no true event where the minute is more than five ahead', () => {
    expect(isAheadOfTime(minute, '2026-12-01T09:54:59.999Z')).toBe(true)
    expect(isAheadOfTime(minute, '2026-12-01T09:55:00.000Z')).toBe(false)
  })

  test('are done unless the run was put off, or the minute has not come', () => {
    expect(isDone({ outcome: 'unchanged', keys: 1 })).toBe(true)
    expect(isDone({ outcome: 'put-off', why: 'busy' })).toBe(false)
    expect(isDone({ outcome: 'ahead-of-time' })).toBe(false)
  })
})

test('a vault of a drill is named by its day and by what is drilled, within 24 characters', () => {
  expect(drillVaultName('2026-12-01T10:00:00Z', '0123456789abcdef')).toBe('ck-drill-261201-01234567')
})

describe('a backup', () => {
  const manifest: BackupManifest = {
    vaultName: 'V',
    keyName: 'Key001',
    keyId: 'https://v.vault.azure.net/keys/Key001',
    versions: [{ ...one, createdOn: undefined, updatedOn: undefined, expiresOn: undefined, notBefore: undefined }],
    recoveryLevel: 'Recoverable+ProtectedSubscription',
    fingerprint: 'f',
    sha256: 'aa',
    size: 10,
    at: '2026-12-01T10:00:00Z',
    securityWorld: { subscriptionId: 'SUB', geography: 'Europe', region: 'westeurope' }
  }
  const target = { vaultName: 'W', subscriptionId: 'sub', region: 'northeurope', keyNames: ['other'] }
  const backup = { sha256: 'aa', size: 10 }

  test('goes where its subscription and its geography are, and no key of its name', () => {
    expect(whyNotRestorable({ manifest, backup, target })).toEqual([])
  })

  test.each([
    [{ backup: { sha256: 'bb', size: 10 } }, /not the one its manifest describes/],
    [{ backup: { sha256: 'aa', size: 11 } }, /not the one its manifest describes/],
    [{ target: { ...target, subscriptionId: 'another' } }, /in subscription another.*only in SUB/],
    [{ target: { ...target, region: 'westus2' } }, /in the geography.*only in Europe/],
    [{ target: { ...target, keyNames: ['KEY001'] } }, /has a key KEY001 already/]
  ])('does not go otherwise, and says which one thing is in the way: %j', (change, why) => {
    expect(whyNotRestorable({ manifest, backup, target, ...change })).toEqual([expect.stringMatching(why)])
  })

  test('that was restored lacks no version and has no other', () => {
    expect(versionsAstray(manifest, [one])).toEqual([])
    expect(versionsAstray(manifest, [two])).toEqual(['a'.repeat(32), 'b'.repeat(32)])
  })
})
