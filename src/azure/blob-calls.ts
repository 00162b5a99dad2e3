import { buffer } from 'node:stream/consumers'
import { isRestError } from '@azure/core-rest-pipeline'
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob'
import type { DocumentProperties, NewDocument, StoredDocument } from '../contracts/record-store.ts'
import type { CallOptions } from './call.ts'
import { needed } from './needed.ts'

export async function putBlob(
  client: BlockBlobClient,
  { bytes, contentType, metadata }: NewDocument,
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

// Which of them Storage looks at first where several hold is not documented: that the blob is there, the condition of the
// request, the blob's policy, or that this identity may add and not write over.
// https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
const existsAlready = ['BlobAlreadyExists', 'ConditionNotMet', 'BlobImmutableDueToPolicy', 'UnauthorizedBlobOverwrite']

export async function readBlob(client: BlockBlobClient, options: CallOptions): Promise<StoredDocument> {
  const answer = await client.download(0, undefined, { abortSignal: options.abortSignal })
  options.onRequestId(answer.requestId)
  if (!answer.readableStreamBody) throw new Error('the download has no stream')
  return { bytes: await buffer(answer.readableStreamBody), createdAt: creationOf(answer) }
}

export async function observeBlob(client: BlockBlobClient, options: CallOptions): Promise<DocumentProperties> {
  const found = await client.getProperties({ abortSignal: options.abortSignal })
  options.onRequestId(found.requestId)
  return {
    url: client.url,
    size: found.contentLength ?? 0,
    metadata: found.metadata ?? {},
    createdAt: creationOf(found),
    immutabilityMode: capitalised(found.immutabilityPolicyMode),
    immutableUntil: found.immutabilityPolicyExpiresOn?.toISOString()
  }
}

/** By the header `x-ms-creation-time`, in whole seconds. */
const creationOf = ({ createdOn }: { readonly createdOn?: Date }): string =>
  needed(createdOn, 'the time of creation').toISOString()

export async function listBlobs(client: ContainerClient, prefix: string, options: CallOptions): Promise<string[]> {
  const names: string[] = []
  for await (const page of client.listBlobsFlat({ prefix, abortSignal: options.abortSignal }).byPage()) {
    options.onRequestId(page.requestId)
    names.push(...page.segment.blobItems.map(({ name }) => name))
  }
  return names
}

/** When the service answered, by the header that every answer has; the question is one that needs no right beside reading. */
export async function presentBy(client: ContainerClient, options: CallOptions): Promise<string> {
  const pages = client.listBlobsFlat({ prefix: noName, abortSignal: options.abortSignal }).byPage({ maxPageSize: 1 })
  for await (const { requestId, date } of pages) {
    options.onRequestId(requestId)
    if (date) return date.toISOString()
  }
  throw new Error('the answer is not dated')
}

/** No blob's name begins so. */
const noName = '~'

/** The header is in lower case on the wire, the SDK's type says otherwise. */
function capitalised(word: string | undefined): string | undefined {
  return word && word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}
