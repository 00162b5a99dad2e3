import { AzureError } from '../../core/service.ts'
import type { SimulatedRequest, SimulatedResponse } from '../../core/service.ts'
import { xmlText } from '../refusals.ts'
import { leaseHeaders } from './leases.ts'
import type { Container, StoredBlob } from './stored-blob.ts'

const mostOfAPage = 5000

/** One page of a container's blobs, in the order of their names. A marker is the last name of the page before. */
export function listStored(
  { query, host }: SimulatedRequest,
  container: string,
  { blobs }: Container
): SimulatedResponse {
  const unknown = ['delimiter', 'include', 'startfrom'].find((name) => (query.get(name) ?? '') !== '')
  if (unknown !== undefined) throw new AzureError(501, 'APINotImplemented', `This store lists without ${unknown}.`)
  const prefix = query.get('prefix') ?? ''
  const marker = query.get('marker') ?? ''
  const most = Math.min(Number(query.get('maxresults') ?? mostOfAPage), mostOfAPage)
  const found = [...blobs].filter(([name]) => name.startsWith(prefix) && name > marker)
  const page = found.toSorted(byCodeUnit).slice(0, most)
  const next = found.length > page.length ? (page.at(-1)?.[0] ?? '') : ''
  const body =
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
    `<EnumerationResults ServiceEndpoint="https://${host}/" ContainerName="${xmlText(container)}">` +
    tag('Prefix', xmlText(prefix)) +
    tag('Marker', xmlText(marker)) +
    tag('MaxResults', String(most)) +
    tag('Blobs', page.map(entryOf).join('')) +
    tag('NextMarker', xmlText(next)) +
    '</EnumerationResults>'
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) }
}

type BlobEntry = readonly [name: string, blob: StoredBlob]

function entryOf([name, { content, headers, etag, lease, whole }]: BlobEntry): string {
  const leases = leaseHeaders(lease)
  const properties = [
    tag('Etag', etag.replaceAll('"', '')),
    tag('Content-Length', String(content.length)),
    tag('Content-Type', xmlText(headers['content-type'] ?? '')),
    ...(headers['content-md5'] === undefined ? [] : [tag('Content-MD5', headers['content-md5'])]),
    tag('BlobType', 'BlockBlob'),
    tag('LeaseStatus', leases['x-ms-lease-status'] ?? ''),
    tag('LeaseState', leases['x-ms-lease-state'] ?? ''),
    ...(lease?.state === 'leased' ? [tag('LeaseDuration', lease.duration)] : []),
    ...(whole ? [tag('ServerEncrypted', 'true')] : []),
    tag('AccessTier', 'Hot'),
    tag('AccessTierInferred', 'true')
  ]
  return tag('Blob', tag('Name', xmlText(name)) + tag('Properties', properties.join('')))
}

const tag = (name: string, content: string): string => (content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`)

const byCodeUnit = ([one]: BlobEntry, [other]: BlobEntry): number => (one < other ? -1 : 1)
