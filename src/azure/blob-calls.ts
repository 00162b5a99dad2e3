import { buffer } from 'node:stream/consumers'
import { isRestError } from '@azure/core-rest-pipeline'
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob'
import type { CallOptions } from './call.ts'

export interface NewBlob {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly metadata?: Readonly<Record<string, string>>
}

export interface StateBlob {
  readonly json: unknown
  /** The version to write over; without it, whatever is there. */
  readonly etag?: string
}

export interface StoredBlob {
  readonly bytes: Uint8Array
  readonly etag: string
}

export interface BlobFacts {
  readonly url: string
  readonly size: number
  readonly etag: string
  readonly metadata: Readonly<Record<string, string>>
  /** `Locked` or `Unlocked`. */
  readonly immutabilityMode: string | undefined
  /** ISO 8601 UTC */
  readonly immutableUntil: string | undefined
}

export async function putBlob(
  client: BlockBlobClient,
  { bytes, contentType, metadata }: NewBlob,
  options: CallOptions
): Promise<{ created: boolean }> {
  try {
    const answer = await client.uploadData(bytes, {
      abortSignal: options.abortSignal,
      blobHTTPHeaders: { blobContentType: contentType },
      conditions: { ifNoneMatch: '*' },
      ...(metadata && { metadata: { ...metadata } })
    })
    options.onRequestId(answer.requestId)
    return { created: true }
  } catch (error) {
    if (!isRestError(error) || !existsAlready.includes(error.code ?? '') || !error.response) throw error
    options.onResponse(error.response)
    return { created: false }
  }
}

// Which of the two conditions of an immutable blob Storage checks first is not documented.
const existsAlready = ['BlobAlreadyExists', 'BlobImmutableDueToPolicy']

export async function readBlob(client: BlockBlobClient, options: CallOptions): Promise<StoredBlob> {
  const answer = await client.download(0, undefined, { abortSignal: options.abortSignal })
  options.onRequestId(answer.requestId)
  if (!answer.readableStreamBody) throw new Error('the download has no stream')
  return { bytes: await buffer(answer.readableStreamBody), etag: answer.etag ?? '' }
}

export async function observeBlob(client: BlockBlobClient, options: CallOptions): Promise<BlobFacts> {
  const found = await client.getProperties({ abortSignal: options.abortSignal })
  options.onRequestId(found.requestId)
  return {
    url: client.url,
    size: found.contentLength ?? 0,
    etag: found.etag ?? '',
    metadata: found.metadata ?? {},
    immutabilityMode: capitalised(found.immutabilityPolicyMode),
    immutableUntil: found.immutabilityPolicyExpiresOn?.toISOString()
  }
}

export async function listBlobs(client: ContainerClient, prefix: string, options: CallOptions): Promise<string[]> {
  const names: string[] = []
  for await (const page of client.listBlobsFlat({ prefix, abortSignal: options.abortSignal }).byPage()) {
    options.onRequestId(page.requestId)
    names.push(...page.segment.blobItems.map(({ name }) => name))
  }
  return names
}

/** The header is in lower case on the wire, the SDK's type says otherwise. */
function capitalised(word: string | undefined): string | undefined {
  return word && word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}
