import type { SimulatedRequest } from '../core/service.ts'
import type { StorageRight } from './accounts.ts'

/** What a request asks of the blob service, told from its method, the depth of its path and its query and headers. */
export interface StorageOperation {
  /** Name in the journal, e.g. `blob.put`. */
  readonly name: string
  readonly right: StorageRight
  /** Whether it brings a blob into being or replaces its content, or changes or removes what is there. */
  readonly effect: 'read' | 'create' | 'change' | 'remove' | 'none'
  readonly container: string
  readonly blob: string
}

/** The operation of a request; `undefined` for one that no SDK client of the project sends and Azure would refuse. */
export function operationOf(request: SimulatedRequest): StorageOperation | undefined {
  const { container, blob } = placeOf(request)
  const depth = blob === '' ? 'container' : 'blob'
  const row = rows.find((each) => each.depth === depth && matches(each, request))
  return row && { name: row.name, right: row.right, effect: row.effect, container, blob }
}

/** What a request is about; `blob` is empty where it is the container itself. */
export function placeOf({ path }: Pick<SimulatedRequest, 'path'>): Pick<StorageOperation, 'container' | 'blob'> {
  const [, container = '', ...rest] = path.split('/')
  return { container: decodeURIComponent(container), blob: decodeURIComponent(rest.join('/')) }
}

interface Row {
  readonly depth: 'container' | 'blob'
  readonly method: string
  readonly comp: string
  readonly header?: readonly [name: string, value: string]
  readonly name: string
  readonly right: StorageRight
  readonly effect: StorageOperation['effect']
}

function matches(row: Row, request: SimulatedRequest): boolean {
  if (row.method !== request.method || row.comp !== (request.query.get('comp') ?? '')) return false
  return row.header === undefined || request.headers[row.header[0]] === row.header[1]
}

const container = (method: string, comp: string, name: string, right: StorageRight): Row => ({
  depth: 'container',
  method,
  comp,
  name: `container.${name}`,
  right,
  effect: 'none'
})

const blob = (
  method: string,
  comp: string,
  name: string,
  [right, effect]: readonly [StorageRight, StorageOperation['effect']]
): Row => ({ depth: 'blob', method, comp, name: `blob.${name}`, right, effect })

const lease = (action: string): Row => ({
  ...blob('PUT', 'lease', `lease.${action}`, ['blobs/write', 'none']),
  header: ['x-ms-lease-action', action]
})

const read = ['blobs/read', 'read'] as const
const create = ['blobs/add', 'create'] as const
const change = ['blobs/write', 'change'] as const
const rule = ['immutableStorage/runAsSuperUser', 'none'] as const

const rows: readonly Row[] = [
  container('PUT', '', 'create', 'containers/write'),
  container('DELETE', '', 'delete', 'containers/delete'),
  container('GET', '', 'getProperties', 'containers/read'),
  container('GET', 'list', 'listBlobs', 'blobs/read'),
  blob('GET', '', 'get', read),
  blob('HEAD', '', 'getProperties', read),
  { ...blob('PUT', '', 'put', create), header: ['x-ms-blob-type', 'BlockBlob'] },
  blob('PUT', 'block', 'putBlock', ['blobs/add', 'none']),
  blob('PUT', 'blocklist', 'putBlockList', create),
  blob('PUT', 'metadata', 'setMetadata', change),
  blob('PUT', 'properties', 'setProperties', change),
  ...['acquire', 'release'].map(lease),
  blob('PUT', 'immutabilityPolicies', 'setImmutabilityPolicy', rule),
  blob('DELETE', 'immutabilityPolicies', 'deleteImmutabilityPolicy', rule),
  blob('PUT', 'legalhold', 'setLegalHold', rule),
  blob('DELETE', '', 'delete', ['blobs/delete', 'remove'])
]

/** Every operation there is, by its name in the journal. */
export const operationNames: readonly string[] = rows.map(({ name }) => name)
