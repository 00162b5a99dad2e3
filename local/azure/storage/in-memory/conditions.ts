import { AzureError } from '../../core/service.ts'
import type { SimulatedRequest } from '../../core/service.ts'
import type { StoredBlob } from './stored-blob.ts'

type ConditionalRequest = Pick<SimulatedRequest, 'headers' | 'method'>

/** The conditional headers of a creation: if-none-match `*` is how a blob is written once. */
export function checkCreation({ headers }: ConditionalRequest, present: StoredBlob | undefined): void {
  if (headers['if-none-match'] === '*' && present !== undefined)
    throw new AzureError(409, 'BlobAlreadyExists', 'The specified blob already exists.')
  checkChange({ headers }, present)
}

/** The conditional headers of whatever changes a blob. */
export function checkChange({ headers }: Pick<ConditionalRequest, 'headers'>, present: StoredBlob | undefined): void {
  const { 'if-match': match, 'if-none-match': none } = headers
  if (match !== undefined && (present === undefined || (match !== '*' && match !== present.etag))) throw notMet()
  if (none !== undefined && present !== undefined && (none === '*' || none === present.etag)) throw notMet()
}

export function checkReading({ headers }: ConditionalRequest, present: StoredBlob): void {
  const { 'if-match': match, 'if-none-match': none } = headers
  if (none === '*')
    throw new AzureError(
      400,
      'UnsatisfiableCondition',
      'The request includes an unsatisfiable condition for this operation.'
    )
  if (match !== undefined && match !== '*' && match !== present.etag) throw notMet()
  if (none === present.etag) throw notMet(304)
}

/** A lease keeps out who does not name it; naming one that is not there is refused too. */
export function checkLease({ headers, method }: ConditionalRequest, present: StoredBlob | undefined): void {
  const named = headers['x-ms-lease-id']
  const held = present?.lease?.state === 'leased' ? present.lease.id : undefined
  if (named !== undefined && held === undefined)
    throw new AzureError(
      412,
      'LeaseNotPresentWithBlobOperation',
      'There is currently no lease on the blob, and a lease ID was specified in the request.'
    )
  if (named !== undefined && named.toLowerCase() !== held)
    throw new AzureError(
      412,
      'LeaseIdMismatchWithBlobOperation',
      'The lease ID specified did not match the lease ID for the blob.'
    )
  const reads = method === 'GET' || method === 'HEAD'
  if (held !== undefined && named === undefined && !reads)
    throw new AzureError(
      412,
      'LeaseIdMissing',
      'There is currently a lease on the blob and no lease ID was specified in the request.'
    )
}

const notMet = (status = 412): AzureError =>
  new AzureError(status, 'ConditionNotMet', 'The condition specified using HTTP conditional header(s) is not met.')
