import { createHash } from 'node:crypto'
import { AzureError } from '../../core/service.ts'
import type { SimulatedRequest } from '../../core/service.ts'
import { contentHeaders, type StoredBlob } from './stored-blob.ts'

type NewContent = Pick<StoredBlob, 'content' | 'headers' | 'metadata' | 'whole'>

/** A blob put as one body. Throws 400 where the digest that came with it is not the body's. */
export function putWhole(request: SimulatedRequest): NewContent {
  const md5 = digestOf(request.body)
  for (const name of ['content-md5', 'x-ms-blob-content-md5']) {
    const claimed = request.headers[name]
    if (claimed !== undefined && claimed !== md5)
      throw new AzureError(
        400,
        'Md5Mismatch',
        'The MD5 value specified in the request did not match with the MD5 value calculated by the server.'
      )
  }
  return {
    content: request.body,
    headers: { ...headersOf(request), 'content-md5': md5 },
    metadata: metadataOf(request),
    whole: true
  }
}

/** A blob made of blocks that were sent before. */
export function putFromBlocks(request: SimulatedRequest, blocks: ReadonlyMap<string, Buffer>): NewContent {
  const ids = [...String(request.body).matchAll(/<(?:Latest|Committed|Uncommitted)>([^<]*)</g)].map((match) => match[1])
  const parts = ids.map((id = '') => {
    const block = blocks.get(id)
    if (block === undefined) throw new AzureError(400, 'InvalidBlockList', 'The specified block list is invalid.')
    return block
  })
  return { content: Buffer.concat(parts), headers: headersOf(request), metadata: metadataOf(request), whole: false }
}

export const digestOf = (bytes: Buffer): string => createHash('md5').update(bytes).digest('base64')

/** What is not said is gone: properties are set all at once. */
export function headersOf({ headers }: SimulatedRequest, absent = 'application/octet-stream'): Record<string, string> {
  const said = Object.entries(contentHeaders).flatMap(([asked, answered]) => {
    const value = headers[asked]
    return value === undefined ? [] : [[answered, value] as const]
  })
  return { 'content-type': absent, ...Object.fromEntries(said) }
}

export function metadataOf({ headers }: SimulatedRequest): Record<string, string> {
  const prefix = 'x-ms-meta-'
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : []
    )
  )
}
