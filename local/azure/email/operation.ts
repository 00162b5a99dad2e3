import { AzureError } from '../core/service.ts'
import type { Surroundings } from '../core/service.ts'
import { isStalled } from '../core/stalls.ts'
import type { Collection, World } from '../core/world.ts'

/** Where a send stands. */
export interface SendStatus {
  readonly id: string
  readonly status: 'Running' | 'Succeeded' | 'Failed'
  /** Of one that failed. */
  readonly error?: { readonly code: string; readonly message: string }
}

/** Starts an operation, or starts it anew: the same id again does not keep a mail from being sent again. */
export function startOperation(id: string, to: readonly string[], around: Surroundings): SendStatus {
  const fails = to.some((address) => undeliverable(around.world).has(address.toLowerCase()))
  operations(around).set(id.toLowerCase(), { id, fails, startedAt: around.clock.now(), reads: 0 })
  return { id, status: 'Running' }
}

/** Addresses, lower-case, to which every mail that is accepted fails in the end. */
export function undeliverable(world: World): Collection<object> {
  return world.collection('undeliverable')
}

/** Running at the first read, over at the next or after two seconds. Throws 404 for an id nobody sent under. */
export function readOperation(id: string, around: Surroundings): SendStatus {
  const operation = operations(around).get(id.toLowerCase())
  if (operation === undefined || isStalled(around.world, 'mails')) throw unknownOperation(id)
  operations(around).set(id.toLowerCase(), { ...operation, reads: operation.reads + 1 })
  const isDone = operation.reads > 0 || around.clock.now() - operation.startedAt >= sendingMs
  if (!isDone) return { id: operation.id, status: 'Running' }
  return operation.fails
    ? { id: operation.id, status: 'Failed', error: notSent }
    : { id: operation.id, status: 'Succeeded' }
}

/** Its definition gives an error a code and a message; which code stands for which reason is published nowhere. */
const notSent = { code: 'NotSent', message: 'The mail could not be sent.' }

const sendingMs = 2000

interface Operation {
  readonly id: string
  readonly fails: boolean
  /** Simulated milliseconds. */
  readonly startedAt: number
  readonly reads: number
}

function operations({ world }: Surroundings) {
  return world.collection<Operation>('emailOperations')
}

function unknownOperation(id: string): AzureError {
  return new AzureError(
    404,
    'NotFound',
    `Requested message could not be located. Couldn't find a record with the messageID: ${id}`
  )
}
