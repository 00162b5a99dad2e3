import { allChecks } from '../../src/domain/checks/all-checks.ts'
import { policyChecks } from '../../src/domain/checks/policy.ts'
import { readBy } from '../../src/domain/checks/reads.ts'
import type { Evidence } from '../../src/domain/terms/evidence.ts'
import type { JournalEntry } from '../azure/core/journal.ts'

/** What the simulated Azure calls each of the app's calls. */
const operations: Readonly<Record<string, readonly string[]>> = {
  'GET organization': ['organization.list'],
  'GET subscribed SKUs': ['subscribedSkus.list'],
  'GET service principal': ['servicePrincipals.get'],
  'GET user': ['users.get', 'users.list'],
  'GET group': ['groups.get'],
  'GET role definition': ['roleDefinitions.get'],
  'LIST role eligibility schedules': ['roleEligibilitySchedules.listForScope'],
  'LIST registration assignments': ['registrationAssignments.list'],
  'GET group members': ['groups.listTransitiveMembers'],
  'GET subscription': ['subscriptions.get'],
  'LIST resources': ['resources.list'],
  'GET provider': ['providers.get'],
  'LIST policy assignments': ['policyAssignments.list'],
  'LIST policy exemptions': ['policyExemptions.list'],
  'GET policy definition': [
    'policyDefinitions.get',
    'policyDefinitions.getBuiltIn',
    'policySetDefinitions.get',
    'policySetDefinitions.getBuiltIn'
  ],
  'LIST role definitions': ['roleDefinitions.list'],
  'LIST role assignments': ['roleAssignments.listForScope'],
  'CHECK vault name': ['vaults.checkNameAvailability'],
  'GET deleted vault': ['vaults.getDeleted'],
  'GET vault': ['vaults.get'],
  'GET feature': ['features.get'],
  'LIST keys': ['keys.list'],
  'GET key': ['keys.get'],
  'LIST key versions': ['keys.listVersions'],
  'GET key rotation policy': ['keys.getRotationPolicy'],
  'GET blob': ['blob.get'],
  'HEAD blob': ['blob.getProperties'],
  'PUT blob': ['blob.put'],
  'LIST system topics': ['systemTopics.listByResourceGroup'],
  'LIST event subscriptions': ['eventSubscriptions.listBySystemTopic'],
  'SEND mail': ['emails.send'],
  'GET mail state': ['emails.getSendResult']
}

/**
 * Evidence that names a call which did not see what its check looks at: one that Azure never answered, of another operation
 * than the check reads, about another resource, of a path or a moment that it did not have, or one where it takes several.
 */
export function wronglyCited(journal: readonly JournalEntry[], records: readonly Evidence[]): string[] {
  const answered = new Map(journal.map((entry) => [entry.requestId, entry]))
  return records.flatMap((record) => {
    const { check, call, besides = [], resource, at } = record
    const entry = answered.get(call.requestId)
    const why = [
      ...[call, ...besides].flatMap((each) => whyWrong({ check, call: each }, answered.get(each.requestId)) ?? []),
      ...(entry && !isAbout(resource, check, entry) ? [`${shown(entry)} is about something else`] : []),
      ...incomplete(record),
      ...unnamed(record),
      ...([call, ...besides].some((each) => (each.at ?? '') > at) ? [`${at} is before one of its calls`] : [])
    ]
    return why.map((each) => `${check} of ${resource}: ${each}`)
  })
}

/** Answers of one operation that a check needs several of: evidence that names fewer does not rest on what it says. */
const needed: Readonly<Record<string, string>> = {
  'administrators-apart': 'LIST role assignments', // of both subscriptions
  'setup-role-removed': 'LIST role assignments' // of each identity
}

/** What a check cannot be judged without, whatever else it reads. */
const always: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(policyChecks.map(({ code }) => [code, ['LIST policy assignments', 'LIST policy exemptions']])),
  'slot-template': ['LIST role assignments', 'GET service principal', 'LIST resources'],
  'vault-name-free': ['CHECK vault name'],
  'provider-registered': ['GET provider'],
  'backup-digest': ['LIST key versions', 'HEAD blob'],
  'backup-locked': ['LIST key versions', 'HEAD blob'],
  'backup-until': ['LIST key versions', 'HEAD blob']
}

function unnamed({ check, call, besides = [] }: Evidence): string[] {
  const named = [call, ...besides].map(({ operation }) => operation)
  return (always[check] ?? []).filter((each) => !named.includes(each)).map((each) => `${each} is not named`)
}

function incomplete({ check, call, besides = [] }: Evidence): string[] {
  const operation = needed[check]
  const others = besides.filter((each) => each.operation === operation && each.requestId !== call.requestId)
  const isBySubscription = check !== 'administrators-apart' || others.some(({ path }) => path !== call.path)
  return operation === undefined || (others.length > 0 && isBySubscription) ? [] : [`${operation} is named once only`]
}

function whyWrong(
  { check, call }: Pick<Evidence, 'check' | 'call'>,
  entry: JournalEntry | undefined
): string | undefined {
  if (!entry) return `no answer has the id of ${call.operation}`
  if (!readBy(check)?.includes(call.operation)) return `${call.operation} is not what it reads`
  if (!operations[call.operation]?.includes(entry.operation)) return `${call.operation} was ${entry.operation}`
  if (call.path !== shown(entry)) return `${String(call.path)} was ${shown(entry)}`
  return isThen(call.at, entry) ? undefined : `${String(call.at)} was ${entry.at}`
}

/** The answer says whole seconds, and leaves once the journal has it. */
function isThen(at: string | undefined, entry: JournalEntry): boolean {
  const later = Date.parse(at ?? '') - Date.parse(entry.at)
  return later > -1000 && later < 60_000
}

const shown = ({ host, path }: JournalEntry): string => `${host}${path}`.replaceAll(/[^/]*(?:@|%40)[^/]*/gi, '…')

/** Events and roles are listed of what a vault lies in, and names are checked with the name in the body. */
function isAbout(resource: string, check: string, { host, path, operation }: JournalEntry): boolean {
  const on = allChecks.find(({ code }) => code === check)?.on
  const address = `${host}${path}`.toLowerCase()
  if (on === 'subscription') return address.includes(resource.toLowerCase())
  if (on === 'vault' && !/^(systemTopics|roleAssignments|vaults.checkName)/.test(operation))
    return address.includes(resource.toLowerCase())
  if (on === 'key')
    return resource
      .toLowerCase()
      .split('/')
      .every((part) => address.includes(part))
  if (on === 'application') return address.includes(resource.toLowerCase())
  return true
}
