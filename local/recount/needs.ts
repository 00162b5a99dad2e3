/** When what proves a requirement must have been seen. */
export type When = 'verification' | 'mail' | 'before-mail' | 'wait'

/** Whose words a requirement stands on; and what must be in them. */
export type Whose = 'approvals' | 'offers' | 'attestations' | 'mails' | 'acknowledgement'

/** What one requirement of Microsoft's article needs, by the rules of this recount. */
export interface Needs {
  readonly see?: readonly string[]
  readonly when?: When
  /** Seen at another time than the rest. */
  readonly also?: readonly [When, ...string[]]
  /** Under Azure RBAC. */
  readonly rbac?: readonly string[]
  /** Where the store must keep backups unchanged. */
  readonly immutable?: readonly string[]
  /** People stand for a part of it, or for all of it. */
  readonly said?: Whose
  /** Their answers must be there, and say no more than what was seen. */
  readonly heard?: Whose
  readonly shown?: true
}

const shown: Needs = { shown: true }
const see = (...checks: readonly string[]): Needs => ({ see: checks, when: 'verification' })

/** R1 to R47. Those to be shown are warnings, orders of work and tools, which no call to Azure can see. */
export const needs: Readonly<Record<`R${number}`, Needs>> = {
  R1: shown,
  R2: { ...see('offer-type', 'spending-limit'), said: 'approvals' }, // Legacy Support has no offer id
  R3: see('licence'),
  R4: shown,
  R5: shown,
  R6: shown,
  R7: see('subscription-readable', 'subscription-enabled', 'provider-registered'),
  R8: see('verified-domain', 'subscription-tenant', 'vault-tenant'),
  R9: { said: 'offers' },
  R10: see('vault-there', 'vault-subscription', 'key-there'),
  R11: {
    ...see('administrator', 'person-enabled', 'group-people', 'slots-disjoint', 'acted-for-other'),
    heard: 'approvals'
  },
  R12: see('foreign-resources'),
  R13: { said: 'offers' },
  R14: { said: 'offers' },
  R15: { said: 'offers' },
  R16: shown,
  R17: shown,
  R18: { see: ['registration-sent'], when: 'before-mail' },
  R19: { see: ['registration-sent'], when: 'before-mail' },
  R20: { see: ['registration-sent'], when: 'before-mail', also: ['verification', 'registered'] },
  R21: { see: ['offers-complete'], when: 'mail', said: 'offers' },
  R22: { see: ['mail-alias'], when: 'mail', said: 'mails' },
  R23: { see: ['mail-subject'], when: 'mail', said: 'mails' },
  R24: { see: ['mail-text'], when: 'mail', said: 'mails' },
  R25: { see: ['registered'], when: 'wait', said: 'acknowledgement' },
  R26: see('registered'),
  R27: see('vault-there', 'vault-subscription', 'vault-group', 'policy-other', 'policy-tags', 'policy-rewrites'),
  R28: see('vault-premium', 'policy-sku'),
  R29: see('vault-there', 'vault-subscription'),
  R30: see('vault-there', 'vault-named'),
  R31: see('vault-name-tells', 'vault-named', 'vault-region', 'region-offered', 'policy-locations'),
  R32: see('administrators-apart', 'slots-disjoint'),
  R33: {
    ...see('administrator', 'vault-administrators', 'vault-slot-identity', 'vault-authorization'),
    rbac: ['vault-roles']
  },
  R34: {
    ...see('vault-no-delete', 'vault-no-others', 'setup-role-removed'),
    rbac: ['vault-grantors', 'vault-eligible']
  },
  R35: see('vault-contributor'),
  R36: see('vault-service-principal', 'vault-network', 'service-principal-enabled'),
  R37: see('service-principal'),
  R38: see('service-principal-name', 'vault-right-service'),
  R39: see('vault-soft-delete', 'vault-retention', 'vault-purge-protection'),
  R40: see('key-there', 'key-enabled', 'key-versions-enabled', 'extra-version', 'vault-one-key'),
  R41: see('key-type', 'key-size', 'key-operations'),
  R42: see(
    ...['key-expiry', 'key-not-before', 'key-rotation', 'policy-key-expiry', 'key-not-expired', 'key-not-expiring'],
    ...['key-versions-expiry', 'key-versions-active']
  ),
  R43: see('key-expiry', 'key-rotation', 'key-not-expired', 'key-not-expiring', 'key-versions-expiry'),
  R44: see('key-recovery-level', 'key-recoverable-days'),
  R45: {
    ...see('backup-versions', 'backup-digest', 'backup-copied'),
    immutable: ['backup-locked', 'backup-until'],
    said: 'attestations'
  },
  R46: see('key-uri'),
  R47: shown
}
