import type { BlockBlobClient } from '@azure/storage-blob'
import type { Ask, CallOptions } from './call.ts'
import { putBlob } from './blob-calls.ts'

/** A lock of a slot's store, held for at most a minute of real time. */
export interface Lease {
  /** What is locked, e.g. `Contoso-CK-EX-NA-VaultA1/Key001`. */
  readonly name: string
  /**
   * A GUID derived from the piece of work. A delivery of the same work enters although its dead predecessor still
   * holds the lock; any other is kept out, with a passing `AzureCallError`.
   */
  readonly id: string
}

export async function underLease<T>(
  ask: Ask, client: BlockBlobClient, { id }: Lease, work: () => Promise<T>
): Promise<T> {
  await ask('PUT lock', (options) => putBlob(client, emptyBlob, options))
  const lease = client.getBlobLeaseClient(id)
  await ask('ACQUIRE lease', async (options) => noted(await lease.acquireLease(leaseSeconds, options), options))
  try {
    return await work()
  } finally {
    // A lock that cannot be given back ends by itself; the outcome of the work must not be lost over it.
    await ask('RELEASE lease', async (options) => noted(await lease.releaseLease(options), options)).catch(() => undefined)
  }
}

function noted({ requestId }: { readonly requestId?: string }, { onRequestId }: CallOptions): void {
  onRequestId(requestId)
}

const emptyBlob = { bytes: new Uint8Array(), contentType: 'application/octet-stream' }

// The longest that Storage allows for a lease with an end.
const leaseSeconds = 60
