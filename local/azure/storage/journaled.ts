import type { SimulatedRequest } from '../core/service.ts'
import type { Collection, World } from '../core/world.ts'
import type { BlobEngine } from './engine.ts'

/** A request that changed something, as it can be made again. */
interface WriteRequest extends Pick<SimulatedRequest, 'method' | 'host' | 'path' | 'target' | 'headers'> {
  readonly query: readonly (readonly [string, string])[]
  readonly base64: string
}

/**
 * Azurite answers before it saves: a rehearsal that is killed would lose what its app was told is written. What Azurite
 * took is therefore on disk, with the rest of the world, before its caller hears of it, and is given back at the next start.
 */
export async function journaled(engine: BlobEngine, world: World): Promise<BlobEngine> {
  const journal = world.collection<WriteRequest>('blobJournal')
  for (const written of journal.values()) await engine.forward(requestOf(written))
  let last = Number(journal.keys().at(-1) ?? 0)
  return {
    async forward(request, headers = {}) {
      const reply = await engine.forward(request, headers)
      const changes = request.method !== 'GET' && request.method !== 'HEAD'
      if (changes && reply.status < 300) journal.set(String((last += 1)), writtenBy(request, headers))
      return reply
    },
    async stop() {
      await engine.stop() // which saves everything
      forget(journal)
    }
  }
}

/** Without its conditions: what was taken once is taken again. */
function writtenBy(request: SimulatedRequest, more: Readonly<Record<string, string>>): WriteRequest {
  const { method, host, path, target, query, body } = request
  const { 'if-none-match': _, 'if-match': __, ...headers } = { ...request.headers, ...more }
  return { method, host, path, target, query: [...query], headers, base64: body.toString('base64') }
}

const requestOf = ({ base64, query, ...written }: WriteRequest): SimulatedRequest => ({
  ...written,
  query: new Map(query),
  body: Buffer.from(base64, 'base64'),
  caller: undefined,
  requestId: ''
})

function forget(journal: Collection<WriteRequest>): void {
  for (const key of journal.keys()) journal.delete(key)
}
