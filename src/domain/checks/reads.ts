import type { Call } from '../terms/evidence.ts'

/**
 * The call that sees what a check looks at: the first of these that was made. Evidence names it with Azure's request id and
 * path, so that whoever doubts a record can ask Azure for that very answer.
 */
const readsOf: Readonly<Record<string, readonly string[]>> = {
  ...by(['GET organization'], ['verified-domain']),
  ...by(['GET subscribed SKUs'], ['licence']),
  ...by(['GET service principal'], ['service-principal', 'service-principal-name']),
  ...by(['GET user'], ['administrator']),
  ...by(['GET group members', 'GET group'], ['group-people']),
  ...by(['GET group members', 'GET user', 'GET group'], ['slots-disjoint']),
  ...by(
    ['GET subscription'],
    ['subscription-readable', 'subscription-enabled', 'subscription-tenant', 'offer-type', 'spending-limit']
  ),
  ...by(['LIST resources'], ['foreign-resources']),
  ...by(['GET provider'], ['provider-registered', 'region-offered']),
  ...by(
    ['LIST policy assignments'],
    ['policy-key-expiry', 'policy-locations', 'policy-sku', 'policy-tags', 'policy-rewrites', 'policy-other']
  ),
  ...by(['LIST role definitions'], ['vault-roles']),
  ...by(['GET deleted vault', 'GET vault', 'CHECK vault name'], ['vault-name-free', 'vault-name-tells']),
  ...by(['GET feature'], ['registration-sent', 'registered']),
  ...by(
    ['LIST role assignments'],
    ['setup-role-removed', 'administrators-apart', 'vault-contributor', 'slot-template']
  ),
  ...by(
    ['GET vault'],
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
  ...by(['LIST resources', 'GET vault'], ['vault-there']),
  // Azure RBAC guards a vault by role assignments, and an access policy is part of the vault.
  ...by(
    ['LIST role assignments', 'GET vault'],
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
  ...by(['HEAD blob', 'LIST key versions'], ['backup-locked', 'backup-until', 'backup-not-immutable', 'backup-copied']),
  ...by(['LIST system topics'], ['events-topic']),
  ...by(['LIST event subscriptions', 'LIST system topics'], ['events-subscribed', 'events-dead-letters']),
  // Where people send the mails, what was written is the file that they send.
  ...by(['SEND mail', 'GET mail state', 'PUT blob'], ['offers-complete', 'mail-alias', 'mail-subject', 'mail-text'])
}

function by(operations: readonly string[], checks: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(checks.map((check) => [check, operations]))
}

/** Undefined: any call, such as one that was refused. */
export const readBy = (check: string): readonly string[] | undefined => readsOf[check]

/** Which of the calls that were made evidence of a check names. One alone is named whatever it is. */
export function callFor(check: string, made: Call | readonly Call[]): Call {
  if (!isList(made)) return made
  const wanted = readBy(check) ?? made.slice(-1).map(({ operation }) => operation)
  const found = wanted.flatMap((each) => made.findLast(({ operation }) => operation === each) ?? [])[0]
  if (found) return found
  const given = made.map(({ operation }) => operation).join(', ')
  throw new Error(`Check ${check} looks at what ${wanted.join(' or ')} shows, and only ${given} was asked. Report it.`)
}

const isList = (made: Call | readonly Call[]): made is readonly Call[] => Array.isArray(made)
