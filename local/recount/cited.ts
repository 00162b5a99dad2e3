import type { JournalEntry } from '../azure/core/journal.ts'
import { otherThanSaid, saidOf } from './answered.ts'
import { sees, type Sees } from './sees.ts'
import type { Call, EvidenceRecord } from './shapes.ts'

/** Where a record's calls are looked up. */
export class Answers {
  readonly #byId: ReadonlyMap<string, JournalEntry>

  constructor(journal: readonly JournalEntry[]) {
    this.#byId = new Map(journal.map((entry) => [entry.requestId, entry]))
  }

  of({ requestId }: Pick<Call, 'requestId'>): JournalEntry | undefined {
    return this.#byId.get(requestId)
  }
}

/** Why a record does not rest on what Azure answered; empty where it does. */
export function unfounded(record: EvidenceRecord, answers: Answers): string[] {
  const { call, besides = [], at } = record
  const calls = [call, ...besides]
  return [
    ...calls.flatMap((each) => whyNot(each, answers.of(each))),
    ...calls
      .filter((each) => (each.at ?? '') > at)
      .map((each) => `it is of ${at}, before ${each.operation} was answered`),
    ...unseen(record, calls, answers),
    ...otherThanSaid(record, answers.of(call))
  ]
}

/** Any call may have been refused; what holds must have been seen. */
function unseen(record: EvidenceRecord, calls: readonly Call[], answers: Answers): string[] {
  const rule = sees[record.check]
  if (!rule) return record.held ? [`nobody has said which call sees ${record.check} (local/recount/sees.ts)`] : []
  const entry = answers.of(record.call)
  return [
    ...(entry ? unseenIn(entry, record, rule) : []),
    // That something does not hold one answer may show, such as a refusal: nothing is asked after it.
    ...(record.held ? fewer(calls, rule, answers) : [])
  ]
}

function unseenIn(entry: JournalEntry, record: EvidenceRecord, rule: Sees): string[] {
  const { check, resource, held } = record
  return [
    ...(rule.by.includes(entry.operation) ? [] : [`${entry.operation} does not see ${check}`]),
    ...(isAbout(record, rule, entry) ? [] : [`${entry.path} is not about ${resource}`]),
    ...(held && !isInList(record, entry) ? [`${resource} is not in the list that it cites`] : []),
    ...(held && refused(entry) ? [`it holds by an answer ${String(entry.status)}`] : [])
  ]
}

/** A name that nobody has is free by a 404. */
const refused = ({ status, operation }: JournalEntry): boolean =>
  status >= 400 && !(status === 404 && operation === 'vaults.getDeleted')

function fewer(calls: readonly Call[], { all = {} }: Sees, answers: Answers): string[] {
  const asked = calls.flatMap((each) => answers.of(each) ?? [])
  return Object.entries(all).flatMap(([operation, times]) => {
    const ids = new Set(asked.filter((each) => each.operation === operation).map(({ requestId }) => requestId))
    return ids.size < times ? [`${operation} is named ${String(ids.size)} times, and takes ${String(times)}`] : []
  })
}

/** What the app calls what it asks, and which operations of the simulated Azure those are. */
const called: Readonly<Record<string, RegExp>> = {
  'GET organization': /^organization\.list$/,
  'GET subscribed SKUs': /^subscribedSkus\.list$/,
  'GET service principal': /^servicePrincipals\.get$/,
  'GET user': /^users\.(get|list)$/,
  'GET group': /^groups\.get$/,
  'GET group members': /^groups\.listTransitiveMembers$/,
  'GET role definition': /^roleDefinitions\.get$/,
  'LIST role definitions': /^roleDefinitions\.list$/,
  'LIST role assignments': /^roleAssignments\.listForScope$/,
  'LIST role eligibility schedules': /^roleEligibilitySchedules\.listForScope$/,
  'LIST registration assignments': /^registrationAssignments\.list$/,
  'GET subscription': /^subscriptions\.get$/,
  'LIST resources': /^resources\.list$/,
  'GET provider': /^providers\.get$/,
  'LIST policy assignments': /^policyAssignments\.list$/,
  'LIST policy exemptions': /^policyExemptions\.list$/,
  'GET policy definition': /^policy(Set)?Definitions\.get(BuiltIn)?$/,
  'CHECK vault name': /^vaults\.checkNameAvailability$/,
  'GET deleted vault': /^vaults\.getDeleted$/,
  'GET vault': /^vaults\.get$/,
  'LIST vaults': /^vaults\.listBySubscription$/,
  'GET feature': /^features\.get$/,
  'LIST keys': /^keys\.list$/,
  'GET key': /^keys\.get$/,
  'LIST key versions': /^keys\.listVersions$/,
  'GET key rotation policy': /^keys\.getRotationPolicy$/,
  'GET blob': /^blob\.get$/,
  'HEAD blob': /^blob\.getProperties$/,
  'PUT blob': /^blob\.put$/,
  'LIST system topics': /^systemTopics\.listByResourceGroup$/,
  'LIST event subscriptions': /^eventSubscriptions\.listBySystemTopic$/,
  'SEND mail': /^emails\.send$/,
  'GET mail state': /^emails\.getSendResult$/
}

function whyNot({ operation, requestId, path, at, identity }: Call, entry: JournalEntry | undefined): string[] {
  if (!entry) return [`no answer of Azure has the id ${requestId} of ${operation}`]
  const where = `${entry.host}${entry.path}`.replaceAll(/[^/]*(?:@|%40)[^/]*/gi, '…')
  const late = Date.parse(at ?? '') - Date.parse(entry.at)
  return [
    ...(called[operation]?.test(entry.operation) === true ? [] : [`${operation} was ${entry.operation}`]),
    ...(path === where ? [] : [`${operation} asked ${where}, not ${String(path)}`]),
    // An answer is dated by whole seconds, and leaves once the journal has it.
    ...(late > -1000 && late < 60_000 ? [] : [`${operation} was answered ${entry.at}, not ${String(at)}`]),
    ...(entry.callerClientId === undefined ? [`${identity} asked ${operation} as nobody`] : [])
  ]
}

/** The address that was asked has what the record is about in it; roles and events are listed of what a vault lies in. */
function isAbout({ resource }: EvidenceRecord, { about }: Sees, { host, path, operation }: JournalEntry): boolean {
  const address = decodeURIComponent(`${host}${path}`).toLowerCase()
  const parts = about === 'backup' ? partsOfBackup(resource, operation) : partsOf[about]?.(resource)
  const isListed =
    about === 'vault' &&
    /^(systemTopics|roleAssignments|roleEligibilitySchedules|vaults\.(checkName|listBy))/.test(operation)
  return isListed || (parts ?? []).every((part) => address.includes(part.toLowerCase()))
}

/** Of lists of vaults the journal keeps what they said of each. */
const isInList = ({ resource }: EvidenceRecord, entry: JournalEntry): boolean =>
  entry.operation !== 'vaults.listBySubscription' || saidOf(entry, resource) !== undefined

/** What must be in the address; of what is not here, Azure's addresses do not tell. */
const partsOf: Readonly<Partial<Record<Sees['about'], (resource: string) => readonly string[]>>> = {
  subscription: (id) => [id],
  application: (id) => [id],
  group: (id) => [id],
  vault: (name) => [name],
  key: (resource) => resource.split('/'),
  copy: (resource) => resource.split('/').slice(-1)
}

/** `https://{store}/backups/{vault}/{key}/…`: the blob itself, or the key whose copy it is. */
const partsOfBackup = (resource: string, operation: string): readonly string[] =>
  operation.startsWith('blob.')
    ? [decodeURIComponent(resource.slice('https://'.length))]
    : resource.split('/').slice(4, 6)
