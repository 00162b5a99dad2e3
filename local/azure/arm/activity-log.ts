import { same } from '../core/same-text.ts'
import { openSubscription } from './authorization/authorize.ts'
import type { JournalEntry } from '../core/journal.ts'
import { AzureError, type Route } from '../core/service.ts'

/**
 * What was asked of Resource Manager in a subscription and changed something or was refused, the newest first, as the journal has
 * it. What Azure calls each operation the journal does not know: here it is named as in the definitions. Azure shows it later.
 * https://learn.microsoft.com/rest/api/monitor/activity-logs/list
 */
export const activityLogRoute: Route = {
  method: 'GET',
  path: '/subscriptions/{sub}/providers/Microsoft.Insights/eventtypes/management/values',
  operation: 'activityLogs.list',
  apiVersions: ['2015-04-01'],
  handle: (request, { sub = '' }, around) => {
    const scope = `/subscriptions/${sub}`
    openSubscription(sub, { request, around, action: 'Microsoft.Insights/eventtypes/values/read', scope })
    const isMeant = filterOf(request.query.get('$filter'), around.clock.now())
    const value = around.journal
      .entries()
      .filter(
        ({ service, method, path }) => service === 'arm' && method !== 'GET' && method !== 'HEAD' && isIn(path, scope)
      )
      .map((entry) => view(entry, sub))
      .filter(isMeant)
    return { status: 200, json: { value: value.toReversed() } }
  }
}

const isIn = (path: string, scope: string): boolean => `${path}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase())

interface LoggedEvent {
  readonly eventTimestamp: string
  readonly resourceGroupName: string
  readonly resourceId: string
  readonly caller: string
  readonly correlationId: string
  readonly status: { readonly value: string }
}

function view(entry: JournalEntry, subscriptionId: string): LoggedEvent {
  const { at, operation, path, status, requestId, callerClientId = '' } = entry
  const value = status < 400 ? 'Succeeded' : 'Failed'
  const named = (words: string) => ({ value: words, localizedValue: words })
  const event = {
    id: `${path}/events/${requestId}/ticks/${String(Date.parse(at))}`,
    eventDataId: requestId,
    correlationId: requestId,
    operationId: requestId,
    eventTimestamp: at,
    submissionTimestamp: at,
    caller: callerClientId,
    category: named('Administrative'),
    level: value === 'Failed' ? 'Error' : 'Informational',
    operationName: named(operation),
    resourceGroupName: /\/resourceGroups\/([^/]+)/i.exec(path)?.[1] ?? '',
    resourceId: path,
    subscriptionId,
    status: named(value),
    subStatus: named(String(status)),
    properties: { statusCode: String(status) }
  }
  return event
}

const days = 86_400_000

/** The forms that the document has; the beginning is required, and no older than 90 days. */
function filterOf(filter: string | undefined, now: number): (event: LoggedEvent) => boolean {
  const clauses = (filter ?? '').split(' and ').map((clause) => {
    const [, field = '', operator = '', value = ''] = /^(\w+) (ge|le|eq) '?([^']*)'?$/i.exec(clause.trim()) ?? []
    return { field: field.toLowerCase(), operator: operator.toLowerCase(), value }
  })
  const from = clauses.find(({ field, operator }) => field === 'eventtimestamp' && operator === 'ge')?.value
  if (from === undefined || !(Date.parse(from) >= now - 90 * days))
    throw refused('the start time is missing, or more than 90 days ago')
  const tests = clauses.map(({ field, operator, value }) => {
    const test = tested[`${field} ${operator}`]
    if (!test) throw refused(`the filter '${filter ?? ''}' is not one of those that are allowed`)
    return (event: LoggedEvent) => test(event, value)
  })
  return (event) => tests.every((test) => test(event))
}

const tested: Readonly<Record<string, (event: LoggedEvent, value: string) => boolean>> = {
  'eventtimestamp ge': ({ eventTimestamp }, value) => Date.parse(eventTimestamp) >= Date.parse(value),
  'eventtimestamp le': ({ eventTimestamp }, value) => Date.parse(eventTimestamp) <= Date.parse(value),
  'resourcegroupname eq': ({ resourceGroupName }, value) => same(resourceGroupName, value),
  'resourceid eq': ({ resourceId }, value) => same(resourceId, value),
  'correlationid eq': ({ correlationId }, value) => same(correlationId, value),
  'caller eq': ({ caller }, value) => same(caller, value),
  'status eq': ({ status }, value) => same(status.value, value)
}

const refused = (why: string): AzureError => new AzureError(400, 'BadRequest', `The query is not valid: ${why}.`)
