import { refusedChecks } from '../../src/domain/checks/refused.ts'

/** Why no journey breaks a check by itself, and which test misses it where it is silenced. */
export interface Elsewhere {
  readonly why: string
  /** A file of tests; absent where there is nothing to silence. */
  readonly test?: string
}

const checks = 'test/domain/checks'
const exact = 'Azure answers by the very name, place and tenant that were asked for'
const unreached = 'the simulated Azure cannot be put into this state'
const composed = 'the app composes it itself'
const older = 'of older versions'
const examples = 'its own examples alone break it'

/** Checks that no journey breaks alone. `npm run muting -- --elsewhere` silences each, and its test must fail. */
export const brokenElsewhere: Readonly<Record<string, Elsewhere>> = {
  ...because('of a plan that nobody has started', 'test/app/names.test.ts', ['person-enabled', 'person-mail']),
  ...because('of the app’s own records', 'test/app/names.test.ts', ['acted-for-other']),
  ...because('a request names its regions once', 'test/app/findings.test.ts', ['region-offered']),
  ...because('an identity sees no subscription of another tenant', `${checks}/subscription.test.ts`, [
    'subscription-tenant'
  ]),
  ...because('under Azure RBAC only', `${checks}/role-permissions.test.ts`, ['vault-roles']),
  ...because('under Azure RBAC only', 'test/steps/vaults/look-at-vault.test.ts', ['vault-grantors', 'vault-eligible']),
  ...because(exact, `${checks}/vault.test.ts`, [
    'vault-subscription',
    'vault-group',
    'vault-named',
    'vault-region',
    'vault-tenant'
  ]),
  ...because(exact, `${checks}/key.test.ts`, ['key-uri']),
  ...because(unreached, `${checks}/vault.test.ts`, ['vault-soft-delete']),
  ...because(unreached, `${checks}/key.test.ts`, [
    'backup-locked',
    'backup-digest',
    'key-recovery-level',
    'key-recoverable-days'
  ]),
  ...because(composed, `${checks}/mail.test.ts`, ['offers-complete', 'mail-alias', 'mail-subject', 'mail-text']),
  'backup-not-immutable': { why: 'it says that nothing is locked, where a test asked for that: it holds always' },
  ...because('of the keeping of backups', `${checks}/key.test.ts`, ['backup-versions']),
  ...because('of the keeping of backups', 'test/journeys/backup-faults.test.ts', ['keys-there']),
  ...because('of the keeping of backups', 'test/journeys/offline-copies.test.ts', ['offline-copy']),
  ...because('of the keeping of backups', 'test/journeys/backup-drill.test.ts', ['drill-versions']),
  ...because('where Azure’s code is in no table', 'test/journeys/stalls.test.ts', ['unreachable']),
  ...because(older, 'test/steps/vaults/look-at-key.test.ts', [
    'key-versions-enabled',
    'key-not-expired',
    'key-not-expiring',
    'key-versions-expiry',
    'key-versions-active'
  ]),
  ...because('of the request and not of Azure', `${checks}/vault.test.ts`, ['vault-name-tells']),
  ...because('the hub is no part of Azure', `${checks}/all-checks.test.ts`, ['stopped']),
  ...because('of waits that do not end', 'test/journeys/stalls.test.ts', ['azure-stalled', 'mail-unconfirmed']),
  ...because('its events are refused, not the work', 'test/journeys/events-refused.test.ts', ['events-refused']),
  ...because('of vaults that others made', 'test/journeys/backup-faults.test.ts', ['vault-reachable']),
  ...because('of answers and not of what is there', 'test/journeys/unreadable.test.ts', ['unreadable']),
  ...because(
    'of refusals of Azure, each over the wire',
    'test/azure/causes.test.ts',
    Object.keys(refusedChecks).filter(
      (code) => !['subscription-disabled', 'vault-name-taken', 'other-tenant'].includes(code)
    )
  ),
  ...because('no answer tells it', `${checks}/all-checks.test.ts`, ['identity-absent']),
  ...because(examples, `${checks}/all-checks.test.ts`, [
    'vault-has-keys',
    'backup-unreachable',
    'backup-unreadable',
    'vault-readable'
  ])
}

function because(why: string, test: string, all: readonly string[]): Record<string, Elsewhere> {
  return Object.fromEntries(all.map((code) => [code, { why, test }]))
}
