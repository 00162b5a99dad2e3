import type { Call } from '../terms/evidence.ts'

/**
 * The calls that see what a check looks at, the one that shows it best first. Evidence names all of them that were made, with
 * Azure's request id and path, so that whoever doubts a record can ask Azure for those very answers.
 */
const readsOf: Readonly<Record<string, readonly string[]>> = {
  ...by(['GET organization'], ['verified-domain']),
  ...by(['GET subscribed SKUs'], ['licence']),
  ...by(['GET service principal'], ['service-principal', 'service-principal-name', 'service-principal-enabled']),
  ...by(['GET user'], ['administrator', 'person-enabled', 'person-mail']),
  ...by(['GET group members', 'GET group'], ['group-people']),
  ...by(['GET group members', 'GET user', 'GET group'], ['slots-disjoint', 'acted-for-other']),
  ...by(
    ['GET subscription'],
    ['subscription-readable', 'subscription-enabled', 'subscription-tenant', 'offer-type', 'spending-limit']
  ),
  ...by(['LIST resources'], ['foreign-resources']),
  ...by(['GET provider'], ['provider-registered', 'region-offered']),
  ...by(
    ['LIST policy assignments', 'LIST policy exemptions', 'GET policy definition'],
    ['policy-key-expiry', 'policy-locations', 'policy-sku', 'policy-tags', 'policy-rewrites', 'policy-other']
  ),
  ...by(['LIST role definitions'], ['vault-roles']),
  ...by(['GET deleted vault', 'GET vault', 'LIST vaults', 'CHECK vault name'], ['vault-name-free', 'vault-name-tells']),
  ...by(['GET feature'], ['registration-sent', 'registered']),
  ...by(
    ['LIST role assignments', 'GET role definition', 'GET service principal', 'LIST resources'],
    ['setup-role-removed', 'slot-template']
  ),
  ...by(
    [
      'LIST role assignments',
      'LIST role eligibility schedules',
      'LIST registration assignments',
      'GET role definition',
      'GET group members'
    ],
    ['administrators-apart']
  ),
  ...by(['LIST role assignments', 'GET role definition', 'GET user', 'GET group members'], ['vault-contributor']),
  ...by(['LIST role assignments', 'GET role definition'], ['vault-grantors']),
  // What may not be read of them is told beside what may.
  ...by(['LIST role eligibility schedules', 'LIST role assignments', 'GET role definition'], ['vault-eligible']),
  ...by(
    ['GET vault', 'LIST vaults'],
    [
      'vault-subscription',
      'vault-group',
      'vault-named',
      'vault-region',
      'vault-tenant',
      'vault-soft-delete',
      'vault-retention',
      'vault-purge-protection',
      'vault-premium',
      'vault-authorization',
      'vault-network',
      'vault-tagged'
    ]
  ),
  ...by(['GET vault', 'LIST vaults', 'LIST resources', 'GET deleted vault'], ['vault-there']),
  // Azure RBAC guards a vault by role assignments, and an access policy is part of the vault.
  ...by(
    ['LIST role assignments', 'GET role definition', 'GET vault', 'LIST vaults'],
    [
      'vault-administrators',
      'vault-no-delete',
      'vault-service-principal',
      'vault-right-service',
      'vault-slot-identity',
      'vault-no-others'
    ]
  ),
  ...by(['LIST keys'], ['vault-one-key', 'vault-has-keys']),
  ...by(
    ['GET key'],
    [
      'key-there',
      'key-type',
      'key-size',
      'key-operations',
      'key-enabled',
      'key-expiry',
      'key-not-before',
      'key-recovery-level',
      'retention-not-propagated',
      'key-recoverable-days',
      'key-uri'
    ]
  ),
  ...by(
    ['LIST key versions'],
    [
      'extra-version',
      'key-versions-enabled',
      'key-not-expired',
      'key-not-expiring',
      'key-versions-expiry',
      'key-versions-active',
      'backup-versions',
      'drill-versions'
    ]
  ),
  ...by(['GET key rotation policy'], ['key-rotation']),
  ...by(['GET blob', 'HEAD blob', 'LIST key versions'], ['backup-digest']),
  ...by(['HEAD blob', 'LIST key versions'], ['backup-locked', 'backup-until', 'backup-not-immutable']),
  ...by(['LIST system topics'], ['events-topic']),
  ...by(['LIST event subscriptions', 'LIST system topics'], ['events-subscribed', 'events-dead-letters']),
  ...by(['HEAD blob', 'LIST key versions'], ['backup-copied']),
  // Where people send the mails, what was written is the file that they send.
  ...by(['SEND mail', 'GET mail state', 'PUT blob'], ['offers-complete', 'mail-alias', 'mail-subject', 'mail-text'])
}

function by(operations: readonly string[], checks: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(checks.map((check) => [check, operations]))
}

/** Undefined: any call, such as one that was refused. */
export const readBy = (check: string): readonly string[] | undefined => readsOf[check]

export interface CitedCalls {
  readonly call: Call
  readonly besides: readonly Call[]
}

/** Which of the calls that were made evidence of a check names. One alone is named whatever it is. */
export function callsFor(check: string, made: Call | readonly Call[]): CitedCalls {
  if (!isList(made)) return { call: made, besides: [] }
  const operations = readsOf[check] ?? made.slice(-1).map(({ operation }) => operation)
  const call = operations.flatMap((each) => made.findLast(({ operation }) => operation === each) ?? [])[0]
  if (call) return { call, besides: othersThan(call, made, operations) }
  const given = made.map(({ operation }) => operation).join(', ')
  throw new Error(
    `Check ${check} looks at what ${operations.join(' or ')} shows, and only ${given} was asked. Report it.`
  )
}

/** Each answer once, in the order they were asked for. */
const othersThan = (call: Call, made: readonly Call[], operations: readonly string[]): Call[] => [
  ...new Set(made.filter((each) => each !== call && operations.includes(each.operation)))
]

const isList = (made: Call | readonly Call[]): made is readonly Call[] => Array.isArray(made)
