import type { SimulatedRequest } from '../core/service.ts'
import type { StorageUse } from './permitted.ts'

/** No store counts the rehearsal's seconds: a lease that is over by them is ended before anything is asked of its blob. */
export async function endOverdueLease({ request, address, around, forward }: StorageUse): Promise<void> {
  const ends = around.world.collection<{ at: number }>('leases')
  if ((ends.get(address)?.at ?? Infinity) > around.clock.now()) return
  ends.delete(address)
  await forward(broken(request))
}

/** Notes when a lease that was just given ends, or that it was given back. */
export function noteLease({ request, address, around }: StorageUse): void {
  const seconds = Number(request.headers['x-ms-lease-duration'])
  const ends = around.world.collection<{ at: number }>('leases')
  if (seconds > 0) ends.set(address, { at: around.clock.now() + seconds * 1000 })
  else ends.delete(address)
}

/** Whether somebody holds it now. */
export const isLeased = (address: StorageUse['address'], { world, clock }: StorageUse['around']): boolean =>
  (world.collection<{ at: number }>('leases').get(address)?.at ?? 0) > clock.now()

function broken(request: SimulatedRequest): SimulatedRequest {
  const { 'x-ms-version': version = '' } = request.headers
  return {
    ...request,
    method: 'PUT',
    target: `${request.path}?comp=lease`,
    query: new Map([['comp', 'lease']]),
    headers: { 'x-ms-version': version, 'x-ms-lease-action': 'break', 'x-ms-lease-break-period': '0' },
    body: Buffer.alloc(0)
  }
}
