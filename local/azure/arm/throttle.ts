import { AzureError, type SimulatedRequest, type Surroundings } from '../core/service.ts'
import { TokenBuckets } from '../core/token-bucket.ts'

/**
 * Counts one request of a principal to a subscription, or to what is no subscription's (''); 429 when its bucket is empty.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
export function countArmRequest(subscription: string, request: SimulatedRequest, { world, clock }: Surroundings): void {
  const kind = ['GET', 'HEAD'].includes(request.method) ? 'read' : request.method === 'DELETE' ? 'delete' : 'write'
  const name = `${subscription}/${request.caller?.objectId ?? ''}/${kind}`.toLowerCase()
  const seconds = buckets.take(world, name, sizes[kind], clock.now())
  if (seconds === undefined) return
  throw new AzureError(
    429,
    subscription === '' ? 'TenantRequestsThrottled' : 'SubscriptionRequestsThrottled',
    `Number of '${kind}' requests for ${subscription === '' ? 'the tenant' : `subscription '${subscription}'`} exceeded the limit. ` +
      `Please try again after '${String(seconds)}' seconds.`,
    { 'retry-after': String(seconds) }
  )
}

const buckets = new TokenBuckets()

const sizes = {
  read: { capacity: 250, refillPerSecond: 25 },
  write: { capacity: 200, refillPerSecond: 10 },
  delete: { capacity: 200, refillPerSecond: 10 }
}
