import { BlobServiceClient } from '@azure/storage-blob'
import type { RecordPlace, RecordStore } from '../contracts/record-store.ts'
import { once } from '../lazily.ts'
import { listBlobs, observeBlob, presentBy, putBlob, readBlob } from './blob-calls.ts'
import { underLease } from './blob-lease.ts'
import { absentOn, createAsk, type Connection } from './call.ts'
import { storageOptions } from './clients.ts'

/** The store of one identity in Azure Blob Storage. A missing container is an error: nothing here creates one. */
export function createBlobStore(connection: Connection): RecordStore {
  const ask = createAsk(connection, 'Storage')
  const endpoint = connection.config.stores[connection.identity]
  const service = once(() => new BlobServiceClient(endpoint, connection.credential, storageOptions(connection)))
  const blobAt = ({ container, name }: RecordPlace) => service().getContainerClient(container).getBlockBlobClient(name)
  return {
    urlOf: async (place) => blobAt(place).url,
    putNew: (place, document) => ask('PUT blob', (options) => putBlob(blobAt(place), document, options)),
    read: (place) =>
      absentOn(
        noBlob,
        ask('GET blob', (options) => readBlob(blobAt(place), options))
      ),
    properties: (place) =>
      absentOn(
        noBlob,
        ask('HEAD blob', (options) => observeBlob(blobAt(place), options))
      ),
    list: (container, prefix) =>
      ask('LIST blobs', (options) => listBlobs(service().getContainerClient(container), prefix, options)),
    now: (container) => ask('LIST blobs', (options) => presentBy(service().getContainerClient(container), options)),
    withLease: (name, work) => underLease(ask, blobAt({ container: 'locks', name }), work)
  }
}

// A missing container is a fault of the installation, not an absent blob.
const noBlob = ['BlobNotFound']
