import type { Instance, RuntimeStatus } from '../store/rows.ts'
import type { Store } from '../store/store.ts'

const DEFAULT_PAGE = 100

/** One page of instances, ordered by id. `continuation` is absent on the last one. */
export function listInstances(
  store: Store,
  query: URLSearchParams,
  token: string | undefined
): { instances: Instance[]; continuation?: string } {
  const top = Number(query.get('top') ?? Number.NaN)
  const size = Number.isInteger(top) && top > 0 ? top : DEFAULT_PAGE
  const prefix = query.get('instanceIdPrefix') ?? ''
  const wanted = filter(query)
  const found: Instance[] = []
  let after = token ? Buffer.from(token, 'base64url').toString('utf8') : ''
  while (found.length <= size) {
    const batch = store.instances({ after, prefix, limit: BATCH })
    found.push(...batch.filter(wanted))
    const last = batch.at(-1)
    if (!last || batch.length < BATCH) break
    after = last.id
  }
  const instances = found.slice(0, size)
  const last = instances.at(-1)
  return found.length > size && last
    ? { instances, continuation: Buffer.from(last.id).toString('base64url') }
    : { instances }
}

const BATCH = 200

/** Which instances a purge takes; undefined without the `createdTimeFrom` that the extension asks for. */
export function purgeFilter(query: URLSearchParams): ((instance: Instance) => boolean) | undefined {
  return Number.isNaN(Date.parse(query.get('createdTimeFrom') ?? '')) ? undefined : filter(query)
}

function filter(query: URLSearchParams): (instance: Instance) => boolean {
  const from = instant(query.get('createdTimeFrom')) ?? Number.NEGATIVE_INFINITY
  const to = instant(query.get('createdTimeTo')) ?? Number.POSITIVE_INFINITY
  const statuses = query
    .getAll('runtimeStatus')
    .flatMap((value) => value.split(','))
    .filter((status) => known.includes(status))
  return ({ created, status }) =>
    created >= from && created <= to && (statuses.length === 0 || isOneOf(status, statuses))
}

/** Any other is as good as none. */
const known: readonly string[] = [
  'Running',
  'Completed',
  'ContinuedAsNew',
  'Failed',
  'Canceled',
  'Terminated',
  'Pending',
  'Suspended'
] satisfies RuntimeStatus[]

function isOneOf(status: RuntimeStatus, statuses: readonly string[]): boolean {
  return statuses.includes(status)
}

function instant(text: string | null): number | undefined {
  const parsed = Date.parse(text ?? '')
  return Number.isNaN(parsed) ? undefined : parsed
}
