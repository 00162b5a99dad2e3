import type { JournalEntry } from '../azure/core/journal.ts'
import type { EvidenceRecord } from './shapes.ts'

/** What an answer said, by the place in it. */
type Said = NonNullable<JournalEntry['said']>

/** What a record must have observed, by what Azure answered to its very call. */
const shown: Readonly<Record<string, (said: Said, path: string) => string>> = {
  'subscription-enabled': (said) => `state ${text(said, 'state')}`,
  'subscription-tenant': (said) => `tenant ${text(said, 'tenantId')}`,
  'offer-type': (said) => `quota id ${text(said, 'subscriptionPolicies.quotaId')}: `,
  'spending-limit': (said) => `spending limit ${text(said, 'subscriptionPolicies.spendingLimit', 'unknown')}`,
  'provider-registered': (said) => `Microsoft.KeyVault is ${text(said, 'registrationState', 'of no state')}`,
  'registration-sent': (said) => text(said, 'properties.state'),
  registered: (said) => text(said, 'properties.state'),
  'service-principal': (said, path) => `application ${applicationIn(path)}, object ${text(said, 'id')}`,
  'service-principal-enabled': (said) => (said['accountEnabled'] === true ? 'enabled' : 'disabled'),
  'vault-subscription': (said) => `subscription ${partOf(said, 2)}`,
  'vault-group': (said) =>
    `resource group ${partOf(said, 4)}, ${text(said, 'properties.provisioningState', 'provisioned')}`,
  'vault-named': (said) => `name ${text(said, 'name')}`,
  'vault-region': (said) => `region ${text(said, 'location').replaceAll(' ', '')}`,
  'vault-tenant': (said) => `tenant ${text(said, 'properties.tenantId')}`,
  'vault-soft-delete': (said) => `soft delete ${onOff(said, 'properties.enableSoftDelete')}`,
  'vault-retention': (said) => `${text(said, 'properties.softDeleteRetentionInDays', 'unknown')} days`,
  'vault-purge-protection': (said) => `purge protection ${onOff(said, 'properties.enablePurgeProtection')}`,
  'vault-premium': (said) => `SKU ${text(said, 'properties.sku.name')}`,
  'vault-authorization': (said) => `Azure RBAC ${onOff(said, 'properties.enableRbacAuthorization')}`,
  'key-type': (said) => text(said, 'key.kty'),
  'key-size': (said) => `${text(said, 'key.n')} bits`,
  'key-operations': (said) => list(said['key.key_ops']),
  'key-enabled': (said) => (said['attributes.enabled'] === true ? 'enabled' : 'disabled'),
  'key-expiry': (said) => moment(said['attributes.exp'], 'no expiration date', 'expires'),
  'key-not-before': (said) => moment(said['attributes.nbf'], 'no activation date', 'active from'),
  'key-recovery-level': (said) => text(said, 'attributes.recoveryLevel'),
  'retention-not-propagated': (said) => text(said, 'attributes.recoveryLevel'),
  'key-recoverable-days': (said) => `${text(said, 'attributes.recoverableDays')} days`,
  'key-uri': (said) => text(said, 'key.kid')
}

/** More may stand behind it: who approved, or on which platform. */
const goesOn = new Set(['offer-type', 'registered', 'key-type'])

/** Checks of which it is known here what their observation must say. */
export const known: readonly string[] = Object.keys(shown)

/** Why a record observed something else than its call was answered; empty where it did not, or where nobody here can tell. */
export function otherThanSaid(
  { check, resource, observed }: EvidenceRecord,
  entry: JournalEntry | undefined
): string[] {
  const said = entry && saidOf(entry, resource)
  const words = shown[check]
  if (said === undefined || words === undefined) return []
  const expected = words(said, entry?.path ?? '')
  const isSame = goesOn.has(check) ? same(observed.slice(0, expected.length), expected) : same(observed, expected)
  return isSame ? [] : [`it observed “${observed}”, and ${entry?.operation ?? ''} was answered “${expected}”`]
}

/** What an answer said of a resource: a list says it of many, each by its name. */
export function saidOf({ said }: JournalEntry, resource: string): Said | undefined {
  const listed = said?.['value']
  if (!Array.isArray(listed)) return said
  return (listed as readonly Said[]).find((each) => same(text(each, 'name'), resource)) // as decisive.ts keeps them
}

/** Only what is asked for is answered: `servicePrincipals(appId='…')?$select=id`. */
const applicationIn = (path: string): string => /appId='([^']+)'/i.exec(decodeURIComponent(path))?.[1] ?? ''

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

function text(said: Said, place: string, instead = ''): string {
  const value = said[place]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : instead
}

/** Of the id: `/subscriptions/…/resourceGroups/…`. */
const partOf = (said: Said, index: number): string => text(said, 'id').split('/')[index] ?? ''

const onOff = (said: Said, place: string): string =>
  said[place] === true ? 'on' : said[place] === false ? 'off' : 'unset'

const list = (value: unknown): string =>
  (Array.isArray(value) ? value.map((each) => String(each)) : []).join(', ') || 'no operations'

/** Key Vault tells seconds since 1970. */
const moment = (value: unknown, none: string, word: string): string =>
  typeof value === 'number' ? `${word} ${new Date(value * 1000).toISOString()}` : none
