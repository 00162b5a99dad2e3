import type { SimulatedRequest } from '../core/service.ts'
import type { Collection, World } from '../core/world.ts'
import type { BlobEngine, Forward } from './engine.ts'
import { operationOf } from './operations.ts'

/** A request that made something what it is, as it can be made again. */
interface WriteRequest extends Pick<SimulatedRequest, 'method' | 'host' | 'path' | 'target' | 'headers'> {
  readonly query: readonly (readonly [string, string])[]
  readonly base64: string
}

/**
 * An engine forgets, or answers before it saves. What it took is therefore kept with the rest of the world, where it is
 * on disk before its caller hears of it, and is given to the next engine, which starts empty: for each thing the requests that
 * made it what it is, and no more.
 */
export async function journaled(engine: BlobEngine, world: World): Promise<BlobEngine> {
  const journal = new BlobJournal(world)
  for (const request of journal.requests()) await giveBack(request, engine.forward)
  return {
    async forward(request, headers = {}) {
      const reply = await engine.forward(request, headers)
      // In the same turn as what the layer above notes of it: all of that is kept, or none.
      if (reply.status < 300) journal.keep({ ...request, headers: { ...request.headers, ...headers } })
      return reply
    },
    stop: () => engine.stop()
  }
}

async function giveBack(request: SimulatedRequest, forward: Forward): Promise<void> {
  const { status } = await forward(request)
  if (status < 300) return
  throw new Error(
    `The storage of this rehearsal answered ${String(status)} to what it had taken before: ` +
      `${request.method} ${request.host}${request.target}. Its state is not what it was: begin again in another folder.`
  )
}

/** By address and part; in the order in which each was done last. */
class BlobJournal {
  readonly #kept: Collection<WriteRequest>
  /** Keys of blocks: `block` of those that wait for a list, `part` of those that a list took. */
  readonly #blocks: Set<string>

  constructor(world: World) {
    this.#kept = world.collection<WriteRequest>('blobJournal')
    this.#blocks = new Set(this.#kept.keys().filter((key) => / (?:block|part) /.test(key)))
  }

  /** A lease keeps out whoever does not hold it, so leases come last. */
  requests(): SimulatedRequest[] {
    const [leases, others] = [true, false].map((wanted) =>
      this.#kept.keys().filter((key) => key.endsWith(' lease') === wanted)
    )
    return [...(others ?? []), ...(leases ?? [])].flatMap((key) => this.#kept.get(key) ?? []).map(requestOf)
  }

  keep(request: SimulatedRequest): void {
    const at = `${request.host}${request.path}`
    const note = (part: string): void => {
      this.#kept.delete(`${at} ${part}`)
      this.#kept.set(`${at} ${part}`, withoutConditions(request))
    }
    const forget = (...parts: readonly string[]): void =>
      void parts.forEach((part) => this.#kept.delete(`${at} ${part}`))
    switch (nameOf(request)) {
      case 'container.create':
        return note('content')
      case 'blob.put':
        this.#forgetBlocks(at)
        forget('metadata', 'properties')
        return note('content')
      case 'blob.putBlock':
        this.#blocks.add(`${at} block ${blockOf(request)}`)
        return note(`block ${blockOf(request)}`)
      case 'blob.putBlockList':
        this.#takeBlocks(at)
        forget('metadata', 'properties')
        return note('content')
      case 'blob.setMetadata':
        return note('metadata')
      case 'blob.setProperties':
        return note('properties')
      case 'blob.lease.acquire':
        return note('lease')
      case 'blob.lease.release':
      case 'blob.lease.break':
        return forget('lease')
      case 'blob.delete':
        this.#forgetBlocks(at)
        return forget('content', 'metadata', 'properties', 'lease')
      default: // changes nothing
    }
  }

  /** What a list took stays what it was, whatever is sent under the same id for the next one. */
  #takeBlocks(at: string): void {
    for (const key of this.#blocksOf(`${at} block `)) {
      const block = this.#kept.get(key)
      const part = key.replace(`${at} block `, `${at} part `)
      for (const each of [key, part]) this.#kept.delete(each)
      this.#blocks.delete(key)
      this.#blocks.add(part)
      if (block) this.#kept.set(part, block)
    }
  }

  #forgetBlocks(at: string): void {
    for (const key of [...this.#blocksOf(`${at} block `), ...this.#blocksOf(`${at} part `)]) {
      this.#blocks.delete(key)
      this.#kept.delete(key)
    }
  }

  #blocksOf(start: string): string[] {
    return [...this.#blocks].filter((each) => each.startsWith(start))
  }
}

/** The layer above also breaks leases, which is no operation of any client. */
function nameOf(request: SimulatedRequest): string {
  if (request.query.get('comp') === 'lease') return `blob.lease.${request.headers['x-ms-lease-action'] ?? ''}`
  return operationOf(request)?.name ?? ''
}

const blockOf = ({ query }: SimulatedRequest): string => query.get('blockid') ?? ''

const requestOf = ({ base64, query, ...written }: WriteRequest): SimulatedRequest => ({
  ...written,
  query: new Map(query),
  body: Buffer.from(base64, 'base64'),
  caller: undefined,
  requestId: ''
})

/** What was taken once is taken again, on whatever condition and under whatever lease that was. */
function withoutConditions({ method, host, path, target, query, headers, body }: SimulatedRequest): WriteRequest {
  const { 'if-none-match': _, 'if-match': __, 'x-ms-lease-id': ___, ...others } = headers
  return { method, host, path, target, query: [...query], headers: others, base64: body.toString('base64') }
}
