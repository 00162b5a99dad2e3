/** Header of a request that sets it, header of an answer that tells it. */
export const contentHeaders = {
  'x-ms-blob-content-type': 'content-type',
  'x-ms-blob-content-encoding': 'content-encoding',
  'x-ms-blob-content-language': 'content-language',
  'x-ms-blob-content-disposition': 'content-disposition',
  'x-ms-blob-cache-control': 'cache-control',
  'x-ms-blob-content-md5': 'content-md5'
} as const

export interface StoredBlob {
  readonly content: Buffer
  /** By the name of the header that answers it. */
  readonly headers: Readonly<Record<string, string>>
  /** By name, without prefix. */
  readonly metadata: Readonly<Record<string, string>>
  /** With its quotes. */
  readonly etag: string
  readonly lease: Lease | undefined
  /** Put as one body: of such a blob the service knows when its tier was set. */
  readonly whole: boolean
}

export interface Lease {
  readonly id: string
  readonly state: 'leased' | 'broken'
  readonly duration: 'fixed' | 'infinite'
}

export interface Container {
  readonly etag: string
  readonly blobs: Map<string, StoredBlob>
  /** Blocks that were sent and are in no blob yet, by blob and block id. */
  readonly blocks: Map<string, Map<string, Buffer>>
}
