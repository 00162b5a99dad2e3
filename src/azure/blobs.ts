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
    putNew: (place, document) => ask('PUT blob', (to) => putBlob(blobAt(place), document, to)),
    read: (place) =>
      absentOn(
        noBlob,
        ask('GET blob', (to) => readBlob(blobAt(place), to))
      ),
    properties: (place) =>
      absentOn(
        noBlob,
        ask('HEAD blob', (to) => observeBlob(blobAt(place), to))
      ),
    list: (container, prefix) =>
      ask('LIST blobs', (to) => listBlobs(service().getContainerClient(container), prefix, to)),
    now: (container) => ask('LIST blobs', (to) => presentBy(service().getContainerClient(container), to)),
    withLease: (name, work, keeps) => underLease(ask, blobAt({ container: 'locks', name }), { work, keeps })
  }
}

// A missing container is a fault of the installation, not an absent blob.
const noBlob = ['BlobNotFound']
