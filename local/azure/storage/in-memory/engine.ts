import { AzureError } from '../../core/service.ts'
import type { SimulatedRequest, SimulatedResponse } from '../../core/service.ts'
import type { BlobEngine } from '../engine.ts'
import { operationOf, placeOf } from '../operations.ts'
import { refusalResponse, unknownOperation } from '../refusals.ts'
import { checkChange, checkCreation, checkLease } from './conditions.ts'
import { crc64Of } from './crc64.ts'
import { changeLease } from './leases.ts'
import { listStored } from './listing.ts'
import { readStored } from './reading.ts'
import type { Container, StoredBlob } from './stored-blob.ts'
import { digestOf, headersOf, metadataOf, putFromBlocks, putWhole } from './writing.ts'

/**
 * A store for tests that need only what storage answers: in this process, gone with it, and made anew in no time. One
 * contract suite (`test/local/azure/storage/`) holds it and Azurite to the same answers.
 */
export function inMemoryEngine(): BlobEngine {
  const containers = new Map<string, Container>()
  let lastTag = 0x8d_0000_0000
  const nextTag = (): string => `"0x${(lastTag += 1).toString(16).toUpperCase()}"`
  return {
    forward: (request, headers = {}) => {
      const asked = { ...request, headers: { ...request.headers, ...headers } }
      return Promise.resolve(answered(asked, () => answer(asked, containers, nextTag)))
    },
    stop: () => Promise.resolve()
  }
}

function answered(request: SimulatedRequest, work: () => SimulatedResponse): SimulatedResponse {
  const { 'x-ms-client-request-id': clientId, 'x-ms-version': version } = request.headers
  try {
    const response = work()
    const told = {
      ...(clientId !== undefined && { 'x-ms-client-request-id': clientId }),
      ...(version !== undefined && { 'x-ms-version': version })
    }
    const length = request.method === 'HEAD' ? {} : { 'content-length': String(response.body?.length ?? 0) }
    return { ...response, headers: { ...told, ...length, ...response.headers } }
  } catch (error) {
    if (!(error instanceof AzureError)) throw error
    const { body, headers = {}, status } = refusalResponse(error, request.requestId, new Date().toISOString())
    // HEAD tells of its refusal in headers alone; 304 has no body.
    if (request.method !== 'HEAD' && status !== 304) return { status, headers, ...(body && { body }) }
    const { 'content-type': _, ...rest } = headers
    return { status, headers: rest }
  }
}

function answer(
  request: SimulatedRequest,
  containers: Map<string, Container>,
  nextTag: () => string
): SimulatedResponse {
  // The layer above ends leases too, which is no operation of a client's.
  const name = request.query.get('comp') === 'lease' ? 'blob.lease' : operationOf(request)?.name
  if (name === undefined) throw unknownOperation()
  const { container: containerName, blob: blobName } = placeOf(request)
  const key = `${request.host}/${containerName}`
  if (name === 'container.create') return createContainer(containers, key, nextTag())
  const container = containers.get(key)
  if (container === undefined) throw new AzureError(404, 'ContainerNotFound', 'The specified container does not exist.')
  switch (name) {
    case 'container.delete':
      containers.delete(key)
      return { status: 202 }
    case 'container.getProperties':
      return {
        status: 200,
        headers: {
          etag: container.etag,
          'x-ms-lease-state': 'available',
          'x-ms-lease-status': 'unlocked',
          'x-ms-has-immutability-policy': 'false',
          'x-ms-has-legal-hold': 'false'
        }
      }
    case 'container.listBlobs':
      return listStored(request, containerName, container)
    default:
      return answerOfBlob({ request, name, container, blobName, nextTag })
  }
}

function createContainer(containers: Map<string, Container>, key: string, etag: string): SimulatedResponse {
  if (containers.has(key))
    throw new AzureError(409, 'ContainerAlreadyExists', 'The specified container already exists.')
  containers.set(key, { etag, blobs: new Map(), blocks: new Map() })
  return { status: 201, headers: { etag } }
}

interface AboutBlob {
  readonly request: SimulatedRequest
  /** Of the operation. */
  readonly name: string
  readonly container: Container
  readonly blobName: string
  readonly nextTag: () => string
}

const encrypted = { 'x-ms-request-server-encrypted': 'true' }

function answerOfBlob(about: AboutBlob): SimulatedResponse {
  const { request, name, container, blobName } = about
  if (name === 'blob.put') return create(about, putWhole(request))
  if (name === 'blob.putBlockList')
    return create(about, putFromBlocks(request, container.blocks.get(blobName) ?? new Map<string, Buffer>()))
  if (name === 'blob.putBlock') return keepBlock(about)
  const present = container.blobs.get(blobName)
  if (present === undefined) throw new AzureError(404, 'BlobNotFound', 'The specified blob does not exist.')
  if (name === 'blob.get' || name === 'blob.getProperties') return readStored(request, present)
  return change(about, present)
}

function create(
  { request, container, blobName, nextTag }: AboutBlob,
  made: ReturnType<typeof putWhole>
): SimulatedResponse {
  const present = container.blobs.get(blobName)
  checkCreation(request, present)
  checkLease(request, present)
  const etag = nextTag()
  // What a lease that is no longer held left behind goes with the first change.
  const lease = present?.lease?.state === 'leased' ? present.lease : undefined
  container.blobs.set(blobName, { ...made, etag, lease })
  container.blocks.delete(blobName)
  return {
    status: 201,
    headers: { etag, 'content-md5': made.headers['content-md5'] ?? digestOf(request.body), ...encrypted }
  }
}

function keepBlock({ request, container, blobName }: AboutBlob): SimulatedResponse {
  const blocks = container.blocks.get(blobName) ?? new Map<string, Buffer>()
  container.blocks.set(blobName, blocks.set(request.query.get('blockid') ?? '', request.body))
  return { status: 201, headers: { 'x-ms-content-crc64': crc64Of(request.body), ...encrypted } }
}

function change({ request, name, container, blobName, nextTag }: AboutBlob, present: StoredBlob): SimulatedResponse {
  const put = (changed: Partial<StoredBlob>): { etag: string } => {
    const blob = { ...present, ...changed }
    container.blobs.set(blobName, blob)
    return { etag: blob.etag }
  }
  checkChange(request, present)
  if (name === 'blob.lease') {
    const { lease, status, headers } = changeLease(request, present.lease)
    return { status, headers: { ...put({ lease }), ...headers } }
  }
  checkLease(request, present)
  const lease = present.lease?.state === 'leased' ? present.lease : undefined
  switch (name) {
    case 'blob.setMetadata':
      return {
        status: 200,
        headers: { ...put({ metadata: metadataOf(request), etag: nextTag(), lease }), ...encrypted }
      }
    case 'blob.setProperties':
      return { status: 200, headers: put({ headers: headersOf(request), etag: nextTag(), lease }) }
    case 'blob.delete':
      container.blobs.delete(blobName)
      return { status: 202 }
    default:
      throw new AzureError(501, 'APINotImplemented', `This store knows no ${name}.`)
  }
}
