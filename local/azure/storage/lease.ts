import type { SimulatedRequest, SimulatedResponse } from '../core/service.ts'
import type { Permitted } from './permitted.ts'

/**
 * Acquires a lease at Azurite, which counts its seconds by the machine's clock. Here they are those of the simulation: one
 * that is over by its clock is broken first.
 */
export async function acquireLease({ request, address, around, forward }: Permitted): Promise<SimulatedResponse> {
  const ends = around.world.collection<{ at: number }>('leases')
  const isOver = (ends.get(address)?.at ?? Infinity) <= around.clock.now()
  let reply = await forward(request)
  if (isOver && isTaken(reply)) {
    await forward(broken(request))
    reply = await forward(request)
  }
  const seconds = Number(request.headers['x-ms-lease-duration'])
  if (reply.status === 201 && seconds > 0) ends.set(address, { at: around.clock.now() + seconds * 1000 })
  return reply
}

const isTaken = ({ status, headers }: SimulatedResponse): boolean =>
  status === 409 && headers?.['x-ms-error-code'] === 'LeaseAlreadyPresent'

function broken(request: SimulatedRequest): SimulatedRequest {
  const { 'x-ms-lease-duration': _, 'x-ms-proposed-lease-id': __, ...headers } = request.headers
  return { ...request, headers: { ...headers, 'x-ms-lease-action': 'break', 'x-ms-lease-break-period': '0' } }
}
