import { AzureError } from '../../core/service.ts'
import type { SimulatedRequest, SimulatedResponse } from '../../core/service.ts'
import { checkLease, checkReading } from './conditions.ts'
import { leaseHeaders } from './leases.ts'
import type { StoredBlob } from './stored-blob.ts'
import { digestOf } from './writing.ts'

/** What GET and HEAD answer. Times are added by the layer above. */
export function readStored(request: SimulatedRequest, blob: StoredBlob): SimulatedResponse {
  checkReading(request, blob)
  checkLease(request, blob)
  const { metadata, etag, lease } = blob
  const shared = {
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-ms-meta-${name}`, value])),
    etag,
    'x-ms-blob-type': 'BlockBlob',
    ...leaseHeaders(lease),
    'accept-ranges': 'bytes',
    'x-ms-server-encrypted': 'true'
  }
  return request.method === 'HEAD' ? described(blob, shared) : sent(request, blob, shared)
}

type Headers = Readonly<Record<string, string>>

function described({ content, headers, whole }: StoredBlob, shared: Headers): SimulatedResponse {
  const tier = {
    'x-ms-access-tier': 'Hot',
    'x-ms-access-tier-inferred': 'true',
    ...(whole && { 'x-ms-access-tier-change-time': '' })
  }
  return { status: 200, headers: { ...shared, ...headers, ...tier, 'content-length': String(content.length) } }
}

function sent(request: SimulatedRequest, { content, headers }: StoredBlob, shared: Headers): SimulatedResponse {
  const { 'content-md5': md5, ...others } = headers
  const told = { ...shared, ...others, ...(md5 !== undefined && { 'x-ms-blob-content-md5': md5 }) }
  const range = rangeOf(request, content.length)
  if (range === undefined) {
    return { status: 200, headers: { ...told, 'content-md5': md5 ?? digestOf(content) }, body: content }
  }
  const [first, last] = range
  const contentRange = `bytes ${String(first)}-${String(last)}/${String(content.length)}`
  return { status: 206, headers: { ...told, 'content-range': contentRange }, body: content.subarray(first, last + 1) }
}

function rangeOf({ headers }: SimulatedRequest, size: number): readonly [first: number, last: number] | undefined {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(headers['x-ms-range'] ?? headers['range'] ?? '')
  if (asked === null) return undefined
  const first = Number(asked[1])
  if (first >= size)
    throw new AzureError(416, 'InvalidRange', 'The range specified is invalid for the current size of the resource.')
  return [first, asked[2] === '' ? size - 1 : Math.min(Number(asked[2]), size - 1)]
}
