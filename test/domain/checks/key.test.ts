import type { Key } from '../../../src/domain/resources/key.ts'
import { describe, expect, test } from 'vitest'
import { backupChecks, type BackupObserved } from '../../../src/domain/checks/backup.ts'
import { soundVersion } from '../../../src/domain/checks/key-terms.ts'
import { keyChecks } from '../../../src/domain/checks/key.ts'
import { runChecks } from '../../../src/domain/checks/checks.ts'
import type { Finding, Requirement } from '../../../src/domain/terms/evidence.ts'
import { findingsOf } from '../holding.ts'

const now = '2026-11-30T23:42:00.000Z'
const vaultName = 'contoso-ck-ex-na-vaulta1'
const sound: Key = {
  id: 'https://contoso-ck-ex-na-vaulta1.vault.azure.net/keys/Key001/9c1e0f3a5b7d4c2e8f6a1b3c5d7e9f01',
  name: 'Key001',
  version: '9c1e0f3a5b7d4c2e8f6a1b3c5d7e9f01',
  keyType: 'RSA-HSM',
  keySize: 3072,
  keyOps: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
  enabled: true,
  expiresOn: undefined,
  notBefore: undefined,
  recoveryLevel: 'Recoverable+ProtectedSubscription',
  recoverableDays: 90,
  older: [],
  rotationExpiry: undefined,
  rotations: []
}
const found = (change: Partial<Key>) =>
  findingsOf(keyChecks, { ...sound, ...change }, { vaultName, size: 3072, purpose: 'production', now })

const fixed = (requirement: Requirement): Partial<Finding> => ({ requirement, overridable: false })
const open = (requirement: Requirement): Partial<Finding> => ({ requirement, overridable: true })

describe('a key', () => {
  test('as Microsoft 365 wants it passes', () => {
    expect(found({})).toEqual({})
  })

  test.each<[string, Partial<Key>, string, Partial<Finding>]>([
    ['in software', { keyType: 'RSA' }, 'key-type', fixed('R41')],
    ['of an elliptic curve', { keyType: 'EC-HSM', keySize: 0 }, 'key-type', fixed('R41')],
    ['larger than planned', { keySize: 4096 }, 'key-size', open('R41')],
    ['too small', { keySize: 1024 }, 'key-size', fixed('R41')],
    ['that cannot unwrap', { keyOps: ['wrapKey'] }, 'key-operations', fixed('R41')],
    ['that is disabled', { enabled: false }, 'key-enabled', fixed('R40')],
    ['that expires', { expiresOn: '2028-01-01T00:00:00.000Z' }, 'key-expiry', fixed('R42')],
    ['that begins tomorrow', { notBefore: '2026-12-01T23:42:00Z' }, 'key-not-before', fixed('R42')],
    [
      'that rotates by itself, without any expiry',
      { rotations: ['Rotate P1Y after creation'] },
      'key-rotation',
      fixed('R42')
    ],
    ['whose next versions expire', { rotationExpiry: 'P2Y' }, 'key-rotation', fixed('R42')],
    ['recoverable in an open subscription', { recoveryLevel: 'Recoverable' }, 'retention-not-propagated', fixed('R44')],
    ['recoverable for 89 days', { recoverableDays: 89 }, 'key-recoverable-days', fixed('R44')],
    ['recoverable for nobody knows how long', { recoverableDays: undefined }, 'key-recoverable-days', fixed('R44')],
    ['with a second version', { older: [soundVersion] }, 'extra-version', open('R40')],
    ['known without its version', { id: sound.id.slice(0, -33) }, 'key-uri', fixed('R46')]
  ])('%s does not pass', (_title, change, code, expected) => {
    const findings = found(change)
    expect(Object.keys(findings)).toEqual([code])
    expect(findings[code]).toMatchObject(expected)
  })

  test.each([
    ['RSA', []],
    ['RSA-HSM', []],
    ['EC', ['key-type']], // its size is of no modulus
    ['EC-HSM', ['key-type']]
  ])('of a test may be of type %s', (keyType, codes) => {
    expect(
      Object.keys(
        findingsOf(
          keyChecks,
          { ...sound, keyType, keySize: keyType.startsWith('EC') ? 0 : 3072 },
          { vaultName, size: 3072, purpose: 'test', now }
        )
      )
    ).toEqual(codes)
  })

  test('shows which HSM holds it, where Key Vault says so', () => {
    const type = keyChecks.find(({ code }) => code === 'key-type')
    const shown = (hsmPlatform?: string) =>
      type?.describe({ ...sound, hsmPlatform }, { vaultName, size: 3072, purpose: 'production', now })
    expect([shown(), shown('1'), shown('7')]).toEqual([
      'RSA-HSM',
      'RSA-HSM, HSM platform 1 (FIPS 140-2 Level 2)',
      'RSA-HSM, HSM platform 7'
    ])
  })

  test('that others made may have versions, and any size that is sound', () => {
    const foreign = (change: Partial<Key>) =>
      Object.keys(
        findingsOf(keyChecks, { ...sound, ...change }, { vaultName, size: undefined, purpose: 'production', now })
      )
    expect([foreign({ older: [soundVersion, soundVersion], keySize: 2048 }), foreign({ keySize: 1024 })]).toEqual([
      [],
      ['key-size']
    ])
  })

  test('may begin in the past, as Microsoft’s own example does', () => {
    expect(found({ notBefore: '2026-11-29T00:00:00Z' })).toEqual({})
    expect(found({ notBefore: now })).toEqual({})
  })

  test('whose rotation policy may not be read does not pass, and is told the permission that is missing', () => {
    const findings = found({ rotationExpiry: 'unreadable' })
    expect(Object.keys(findings)).toEqual(['key-rotation'])
    expect(findings['key-rotation']).toMatchObject({
      ...fixed('R42'),
      observed: 'the rotation policy may not be read',
      remedy: expect.stringMatching(/getrotationpolicy in vault contoso-ck-ex-na-vaulta1/)
    })
  })

  test('with a wrong expiration date is mended by Microsoft’s own command', () => {
    expect(found({ expiresOn: '2028-01-01T00:00:00Z' })['key-expiry']?.remedy).toContain(
      'Update-AzKeyVaultKey -VaultName contoso-ck-ex-na-vaulta1 -Name Key001 -Expires (Get-Date -Date "12/31/9999")'
    )
  })

  test.each([
    ['9999-12-30T09:59:59.999Z', false],
    ['9999-12-30T10:00:00.000Z', true],
    ['9999-12-31T00:00:00.000Z', true],
    ['9999-12-31T12:00:00.000Z', true],
    ['9999-12-31T14:00:00.001Z', false]
  ])('may expire on the last day of 9999 in some zone: %s is %s', (expiresOn, passes) => {
    expect(Object.keys(found({ expiresOn }))).toEqual(passes ? [] : ['key-expiry'])
  })

  test.each([
    ['Recoverable', /mandatory retention/],
    ['Recoverable+Purgeable', /mandatory retention/],
    ['Purgeable', /Soft delete is off/],
    ['CustomizedRecoverable+ProtectedSubscription', /fewer than 90 days/],
    ['CustomizedRecoverable+Purgeable', /fewer than 90 days/],
    ['recoverable+protectedsubscription', /mandatory retention/]
  ])('of recovery level %s is told its own cure', (recoveryLevel, remedy) => {
    const [finding] = Object.values(found({ recoveryLevel })).filter(({ requirement }) => requirement === 'R44')
    expect(finding?.remedy).toMatch(remedy)
  })
})

describe('a backup', () => {
  const backup: BackupObserved = {
    blobUrl: 'https://store.blob.core.windows.net/backups/b',
    versions: 1,
    sha256: 'ab',
    storedSha256: 'ab',
    size: 4096,
    immutabilityMode: 'Locked',
    immutableUntil: '2027-11-30T23:42:00.000Z'
  }
  const required = { immutability: 'required', now } as const

  test('that is stored whole and locked passes', () => {
    expect(findingsOf(backupChecks, backup, required)).toEqual({})
  })

  test.each<[string, Partial<BackupObserved>, string]>([
    [
      'of more versions than Key Vault backs up',
      { versions: 501, size: 0, immutabilityMode: undefined },
      'backup-versions'
    ],
    ['of other content', { storedSha256: 'cd' }, 'backup-digest'],
    ['of nothing', { size: 0 }, 'backup-digest'],
    ['that is unlocked', { immutabilityMode: 'Unlocked' }, 'backup-locked'],
    ['under no policy', { immutabilityMode: undefined }, 'backup-locked'],
    ['that may change from now on', { immutableUntil: now }, 'backup-until'],
    ['with no end known', { immutableUntil: undefined }, 'backup-until']
  ])('%s does not pass', (_title, change, code) => {
    const findings = findingsOf(backupChecks, { ...backup, ...change }, required)
    expect(Object.keys(findings)).toEqual([code])
    expect(findings[code]).toMatchObject({ requirement: 'R45', overridable: false })
  })

  test('passes unlocked where the configuration says that the store holds no immutability, and says so', () => {
    const { findings, evidence } = runChecks(
      backupChecks,
      { ...backup, immutabilityMode: undefined },
      { immutability: 'not-available', now },
      {
        resource: 'b',
        suffix: 'b',
        at: now,
        call: { operation: 'HEAD blob', requestId: 'r', identity: 'slot-1' }
      }
    )
    expect(findings).toEqual([])
    expect(evidence.map((each) => each.observed)).toContain('immutability not available')
  })
})
