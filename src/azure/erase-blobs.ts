import { BlobServiceClient } from '@azure/storage-blob'
import type { RecordPlace } from '../contracts/record-store.ts'
import { once } from '../lazily.ts'
import { heard } from './blob-calls.ts'
import { createAsk, type Connection } from './call.ts'
import { storageOptions } from './clients.ts'

/** What a person may do to `records` with their own right to it, and no code of the app does: write over what is there. */
export interface Eraser {
  replace(place: RecordPlace, bytes: Uint8Array): Promise<void>
}

export function createEraser(connection: Connection): Eraser {
  const ask = createAsk(connection, 'Storage')
  const endpoint = connection.config.stores[connection.identity]
  const service = once(() => new BlobServiceClient(endpoint, connection.credential, storageOptions(connection)))
  return {
    replace: async ({ container, name }, bytes) => {
      const client = service().getContainerClient(container).getBlockBlobClient(name)
      await ask('PUT blob', (to) =>
        heard(to('blob.put'), client, async (abortSignal) => {
          const { contentType, metadata = {}, etag } = await client.getProperties({ abortSignal })
          const kept = {
            metadata,
            ...(contentType !== undefined && { blobHTTPHeaders: { blobContentType: contentType } })
          }
          const unchanged = { ifMatch: etag ?? '' }
          return client.uploadData(bytes, { abortSignal, conditions: unchanged, ...kept })
        })
      )
    }
  }
}
