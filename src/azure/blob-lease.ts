import { randomUUID } from 'node:crypto'
import type { BlockBlobClient } from '@azure/storage-blob'
import type { Ask } from './call.ts'
import { heard, putBlob } from './blob-calls.ts'

/**
 * Works while a lock of the slot's store is held, for a minute at most. Whoever else asks for it meanwhile is kept out by a
 * passing `AzureCallError`, be it the same work delivered twice; the lock of a worker that died ends by itself.
 */
export async function underLease<T>(
  ask: Ask,
  client: BlockBlobClient,
  { work, keeps = () => false }: Locked<T>
): Promise<T> {
  await ask('PUT lock', (to) => putBlob(client, emptyBlob, to))
  const lease = client.getBlobLeaseClient(randomUUID())
  await ask('ACQUIRE lease', (to) =>
    heard(to('blob.lease.acquire'), client, (abortSignal) => lease.acquireLease(leaseSeconds, { abortSignal }))
  )
  let isKept = false
  try {
    const done = await work()
    isKept = keeps(done)
    return done
  } finally {
    // A lock that cannot be given back ends by itself; the outcome of the work must not be lost over it.
    if (!isKept)
      await ask('RELEASE lease', (to) =>
        heard(to('blob.lease.release'), client, (abortSignal) => lease.releaseLease({ abortSignal }))
      ).catch(() => undefined)
  }
}

interface Locked<T> {
  readonly work: () => Promise<T>
  readonly keeps?: ((done: T) => boolean) | undefined
}

const emptyBlob = { bytes: new Uint8Array(), contentType: 'application/octet-stream' }

// The longest that Storage allows for a lease with an end.
const leaseSeconds = 60
