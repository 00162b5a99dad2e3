import { refusedChecks } from '../../src/domain/checks/refused.ts'

/** Checks that no journey breaks alone, each with the reason; the tests of the domain break them. */
export const brokenElsewhere: Readonly<Record<string, string>> = {
  ...because('in test/app/names.test.ts: of a plan that nobody has started', ['person-enabled', 'person-mail']),
  'acted-for-other': 'of the app’s own records, in test/app/names.test.ts',
  'region-offered': 'in test/app/findings.test.ts: a request names its regions once',
  'subscription-tenant':
    'in test/triggers/http/post-onboardings.test.ts: an identity sees no subscription of another tenant',
  'vault-roles': 'under Azure RBAC only, in test/journeys/choices.test.ts',
  ...because('under Azure RBAC only, in test/steps/vaults/look-at-vault.test.ts', ['vault-grantors', 'vault-eligible']),
  ...because('Azure answers by the very name, place and tenant that were asked for', [
    'vault-subscription',
    'vault-group',
    'vault-named',
    'vault-region',
    'vault-tenant',
    'key-uri'
  ]),
  ...because('the simulated Azure cannot be put into this state', [
    'vault-soft-delete',
    'backup-locked',
    'backup-digest',
    'key-recovery-level',
    'key-recoverable-days'
  ]),
  ...because('the app composes it itself', [
    'offers-complete',
    'mail-alias',
    'mail-subject',
    'mail-text',
    'backup-not-immutable'
  ]),
  ...because('of the keeping of backups, in test/journeys/backup-faults.test.ts and backup-drill.test.ts', [
    'backup-versions',
    'keys-there',
    'offline-copy',
    'drill-versions'
  ]),
  unreachable: 'where Azure’s code is in no table, in test/azure/translate.test.ts',
  ...because('of older versions, in test/steps/vaults/look-at-key.test.ts', [
    'key-versions-enabled',
    'key-not-expired',
    'key-not-expiring',
    'key-versions-expiry',
    'key-versions-active'
  ]),
  'vault-name-tells': 'of the request and not of Azure, in test/app/vault-names.test.ts',
  stopped: 'in test/journeys/takeovers.test.ts: the hub is no part of Azure',
  ...because('of waits that do not end, in test/journeys/stalls.test.ts', ['azure-stalled', 'mail-unconfirmed']),
  'events-refused': 'in test/journeys/events-refused.test.ts',
  'vault-reachable': 'of vaults that others made, in test/journeys/backup-faults.test.ts',
  ...because('of answers and not of what is there, in test/journeys/unreadable.test.ts', ['unreadable']),
  ...because(
    'of refusals of Azure, each over the wire in test/azure/causes.test.ts',
    Object.keys(refusedChecks).filter(
      (code) => !['subscription-disabled', 'vault-name-taken', 'other-tenant'].includes(code)
    )
  ),
  ...because('in test/domain/checks alone', [
    'vault-has-keys',
    'backup-unreachable',
    'backup-unreadable',
    'vault-readable'
  ])
}

function because(reason: string, all: readonly string[]): Record<string, string> {
  return Object.fromEntries(all.map((code) => [code, reason]))
}
