import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { isRestError } from '@azure/core-rest-pipeline'
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob'
import type { DocumentProperties, NewDocument, Put, StoredDocument } from '../contracts/record-store.ts'
import type { AnswerTo } from './answers/answers.ts'
import { fitting, Misfit, needed } from './answers/misfit.ts'
import type { Expecting, To } from './call.ts'

export async function putBlob(
  client: BlockBlobClient,
  { bytes, contentType, metadata }: NewDocument,
  to: To
): Promise<Put> {
  const expecting = to('blob.put')
  try {
    const { lastModified } = await heard(expecting, client, (abortSignal) =>
      client.uploadData(bytes, {
        abortSignal,
        blobHTTPHeaders: { blobContentType: contentType },
        conditions: { ifNoneMatch: '*' },
        ...(metadata && { metadata: { ...metadata } })
      })
    )
    // Of what did not exist it is the creation time that readers are told, which this answer does not have (decision 159).
    return { created: true, createdAt: lastModified.toISOString() }
  } catch (error) {
    if (!isRestError(error) || !existsAlready.includes(error.code ?? '') || !error.response) throw error
    expecting.onResponse(error.response)
    return { created: false }
  }
}

// Which of them Storage looks at first where several hold is not documented: that the blob is there, the condition of the
// request, the blob's policy, that this identity may add and not write over, or that somebody holds its lease (a lock).
// https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
const existsAlready = [
  'BlobAlreadyExists',
  'ConditionNotMet',
  'BlobImmutableDueToPolicy',
  'UnauthorizedBlobOverwrite',
  'LeaseIdMissing'
]

/** The content as it was stored: as long as Storage says, and of the digest that Storage keeps of it, where it keeps one. */
export async function readBlob(client: BlockBlobClient, to: To): Promise<StoredDocument> {
  const expecting = to('blob.get')
  let body: NodeJS.ReadableStream | undefined
  const said = await heard(expecting, client, async (abortSignal) => {
    const answer = await client.download(0, undefined, { abortSignal })
    body = answer.readableStreamBody
    return answer
  })
  const bytes = await buffer(needed(body, 'the content of the blob'))
  if (bytes.length !== said.contentLength) throw new Misfit(`the content: expected ${said.contentLength} bytes`)
  const kept = said.contentMD5
  if (kept && !createHash('md5').update(bytes).digest().equals(kept))
    throw new Misfit('the content: expected its digest')
  return { bytes, createdAt: said.createdOn.toISOString() }
}

export async function observeBlob(client: BlockBlobClient, to: To): Promise<DocumentProperties> {
  const found = await heard(to('blob.getProperties'), client, (abortSignal) => client.getProperties({ abortSignal }))
  return {
    url: client.url,
    size: found.contentLength,
    metadata: found.metadata ?? {},
    createdAt: found.createdOn.toISOString(),
    immutabilityMode: capitalised(found.immutabilityPolicyMode),
    immutableUntil: found.immutabilityPolicyExpiresOn?.toISOString()
  }
}

export async function listBlobs(client: ContainerClient, prefix: string, to: To): Promise<string[]> {
  const names: string[] = []
  for (let marker: string | undefined = ''; marker !== undefined; ) {
    const page: BlobPage = await pageOf(client, { prefix, marker }, to)
    names.push(...page.segment.blobItems.map(({ name }) => name))
    if (page.continuationToken && page.continuationToken === marker)
      throw new Misfit('NextMarker: expected another page')
    marker = page.continuationToken || undefined
  }
  return names
}

/** When the service answered, by the header that every answer has; the question is one that needs no right beside reading. */
export async function presentBy(client: ContainerClient, to: To): Promise<string> {
  return (await pageOf(client, { prefix: noName, marker: '', most: 1 }, to)).date.toISOString()
}

/** No blob's name begins so. */
const noName = '~'

type BlobPage = AnswerTo<'container.listBlobs'>

interface PageAsked {
  readonly prefix: string
  /** Empty: the first page. */
  readonly marker: string
  readonly most?: number
}

const pageOf = (client: ContainerClient, { prefix, marker, most }: PageAsked, to: To): Promise<BlobPage> =>
  heard(to('container.listBlobs'), client, async (abortSignal) => {
    const settings = { ...(marker && { continuationToken: marker }), ...(most && { maxPageSize: most }) }
    for await (const page of client.listBlobsFlat({ prefix, abortSignal }).byPage(settings)) return page
    throw new Misfit('the answer: expected a page')
  })

/**
 * Storage's client takes no policy that sees each answer, so that what it made of one is looked at; where it stumbled over
 * the answer, it was none.
 */
export async function heard<T>(
  { shape, abortSignal, onRequestId }: Expecting<T>,
  { url }: { readonly url: string },
  call: (abortSignal: AbortSignal) => Promise<{ readonly requestId?: string; readonly date?: Date }>
): Promise<T> {
  const answer = await call(abortSignal).catch((error: unknown) => {
    throw error instanceof TypeError || error instanceof RangeError
      ? new Misfit('the answer: expected what Storage answers')
      : error
  })
  onRequestId(answer.requestId, url, answer.date?.toISOString())
  return fitting(shape, answer)
}

/** The header is in lower case on the wire, the SDK's type says otherwise. */
function capitalised(word: string | undefined): string | undefined {
  return word && word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}
