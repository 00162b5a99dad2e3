import { randomUUID } from 'node:crypto'
import { AzureError } from '../../core/service.ts'
import type { SimulatedRequest } from '../../core/service.ts'
import type { Lease } from './stored-blob.ts'

export interface LeaseChange {
  readonly lease: Lease | undefined
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** What a lease action makes of a lease. Seconds are not counted here: the layer above breaks what is over by its clock. */
export function changeLease({ headers }: Pick<SimulatedRequest, 'headers'>, present: Lease | undefined): LeaseChange {
  const held = present?.state === 'leased' ? present : undefined
  const action = headers['x-ms-lease-action']
  if (action === 'acquire') return acquired(headers, held)
  if (action === 'break') {
    if (present === undefined) throw notPresent()
    return { lease: { ...present, state: 'broken' }, status: 202, headers: { 'x-ms-lease-time': '0' } }
  }
  if (present === undefined || headers['x-ms-lease-id']?.toLowerCase() !== present.id) throw notItsOwn()
  return { lease: undefined, status: 200, headers: {} }
}

function acquired(headers: Readonly<Record<string, string>>, held: Lease | undefined): LeaseChange {
  const seconds = Number(headers['x-ms-lease-duration'])
  if (seconds !== -1 && !(seconds >= 15 && seconds <= 60))
    throw new AzureError(
      400,
      'InvalidHeaderValue',
      'The value for one of the HTTP headers is not in the correct format.'
    )
  const id = (headers['x-ms-proposed-lease-id'] ?? randomUUID()).toLowerCase()
  if (held !== undefined && held.id !== id)
    throw new AzureError(409, 'LeaseAlreadyPresent', 'There is already a lease present.')
  const lease: Lease = { id, state: 'leased', duration: seconds === -1 ? 'infinite' : 'fixed' }
  return { lease, status: 201, headers: { 'x-ms-lease-id': id } }
}

const notPresent = (): AzureError =>
  new AzureError(409, 'LeaseNotPresentWithLeaseOperation', 'There is currently no lease on the blob.')

const notItsOwn = (): AzureError =>
  new AzureError(
    409,
    'LeaseIdMismatchWithLeaseOperation',
    'The lease ID specified did not match the lease ID for the container or blob.'
  )

/** How an answer tells of a lease. */
export function leaseHeaders(lease: Lease | undefined): Record<string, string> {
  const leased = lease?.state === 'leased'
  return {
    'x-ms-lease-state': lease?.state ?? 'available',
    'x-ms-lease-status': leased ? 'locked' : 'unlocked',
    ...(leased && { 'x-ms-lease-duration': lease.duration })
  }
}
