import { BlobServiceClient } from '@azure/storage-blob'
import { absentOn, createAsk, type Connection, type Seen } from './call.ts'
import { storageOptions } from './clients.ts'
import { once } from '../lazily.ts'
import { underLease } from './blob-lease.ts'
import {
  listBlobs,
  observeBlob,
  putBlob,
  readBlob,
  type BlobFacts,
  type NewBlob,
  type StateBlob,
  type StoredBlob
} from './blob-calls.ts'

/**
 * `backups`, `evidence`, `locks` and `dead-letters` are in each slot's own store, `records` in that of the identity `app`.
 * Only the first two are immutable.
 */
export type Container = 'backups' | 'evidence' | 'locks' | 'dead-letters' | 'records'

export interface BlobPlace {
  readonly container: Container
  readonly name: string
}

export type BlobStore = ReturnType<typeof createBlobStore>

/** The store of one identity. A missing container is an error: nothing here creates one. */
export function createBlobStore(connection: Connection) {
  const ask = createAsk(connection, 'Storage')
  const endpoint = connection.config.stores[connection.identity]
  const service = once(() => new BlobServiceClient(endpoint, connection.credential, storageOptions(connection)))
  const blobAt = ({ container, name }: BlobPlace) => service().getContainerClient(container).getBlockBlobClient(name)
  return {
    /** The address of a blob, there or not. */
    urlOf: async (place: BlobPlace): Promise<string> => blobAt(place).url,

    /** Writes a blob that must not exist yet. `created` is false when it did: compare it before trusting it. */
    putNew: (place: BlobPlace, blob: NewBlob): Promise<Seen<{ created: boolean }>> =>
      ask('PUT blob', (options) => putBlob(blobAt(place), blob, options)),

    /** Content and etag; undefined when there is no such blob. */
    read: (place: BlobPlace): Promise<Seen<StoredBlob | undefined>> =>
      absentOn(
        noBlob,
        ask('GET blob', (options) => readBlob(blobAt(place), options))
      ),

    /** Size, metadata and immutability as the store reports them; undefined when there is no such blob (R45). */
    properties: (place: BlobPlace): Promise<Seen<BlobFacts | undefined>> =>
      absentOn(
        noBlob,
        ask('HEAD blob', (options) => observeBlob(blobAt(place), options))
      ),

    /** Names under a prefix, in order. */
    list: (container: Container, prefix: string): Promise<Seen<string[]>> =>
      ask('LIST blobs', (options) => listBlobs(service().getContainerClient(container), prefix, options)),

    /** Writes a JSON document over the one there. With an etag, only over that one: else a `conflict`. */
    putState: (place: BlobPlace, state: StateBlob): Promise<Seen<{ etag: string }>> =>
      ask('PUT state', async (options) => {
        const { requestId, etag = '' } = await blobAt(place).uploadData(Buffer.from(JSON.stringify(state.json)), {
          abortSignal: options.abortSignal,
          blobHTTPHeaders: { blobContentType: 'application/json' },
          ...(state.etag && { conditions: { ifMatch: state.etag } })
        })
        options.onRequestId(requestId)
        return { etag }
      }),

    /** Runs `work` while holding the lock of this name, e.g. `Contoso-CK-EX-NA-VaultA1/Key001`. */
    withLease: <T>(name: string, work: () => Promise<T>): Promise<T> =>
      underLease(ask, blobAt({ container: 'locks', name }), work)
  }
}

// A missing container is a fault of the installation, not an absent blob.
const noBlob = ['BlobNotFound']
