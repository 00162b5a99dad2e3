import type { SimulatedResponse, Surroundings } from '../core/service.ts'
import type { Collection, World } from '../core/world.ts'
import type { StorageOperation } from './operations.ts'
import type { BlobAddress } from './worm.ts'

/** When a blob came into being and was last changed, in simulated milliseconds. */
export interface BlobTimes {
  readonly created: number
  readonly modified: number
}

/** By address; a container's ends in a slash. */
export function blobTimes(world: World): Collection<BlobTimes> {
  return world.collection('blobTimes')
}

/** Notes what a request that was carried out did to the times of its blob. */
export function noteTimes(
  { effect, name }: Pick<StorageOperation, 'effect' | 'name'>,
  address: BlobAddress,
  { world, clock }: Surroundings
): void {
  const times = blobTimes(world)
  const modified = clock.now()
  if (effect === 'remove') times.delete(address)
  if (effect === 'create' || effect === 'change')
    times.set(address, { created: times.get(address)?.created ?? modified, modified })
  if (name === 'container.create') times.set(address, { created: modified, modified })
}

/** An answer with the times of the rehearsal's clock: those of the engine are the machine's. */
export function withTimes(
  reply: SimulatedResponse,
  { name }: StorageOperation,
  { address, around }: { readonly address: BlobAddress; readonly around: Surroundings }
): SimulatedResponse {
  if (reply.status >= 300) return reply
  if (name === 'container.listBlobs') {
    const { 'content-length': _, ...others } = reply.headers ?? {} // of the body before
    return { ...reply, headers: others, body: withTimesListed(String(reply.body), address, around) }
  }
  const known = blobTimes(around.world).get(address) ?? firstSeen(name, { address, around })
  const headers: Record<string, string> = { ...reply.headers }
  const tellsOfBlob = headers['etag'] !== undefined
  if (known === undefined || !tellsOfBlob) return reply
  headers['last-modified'] = httpDate(known.modified)
  if (name === 'blob.get' || name === 'blob.getProperties') headers['x-ms-creation-time'] = httpDate(known.created)
  if (headers['x-ms-access-tier-change-time'] !== undefined)
    headers['x-ms-access-tier-change-time'] = httpDate(known.created)
  return { ...reply, headers }
}

/** The seeded containers came into being before anybody asked. */
function firstSeen(
  name: string,
  { address, around }: { address: BlobAddress; around: Surroundings }
): BlobTimes | undefined {
  if (name === 'container.getProperties') noteTimes({ effect: 'none', name: 'container.create' }, address, around)
  return blobTimes(around.world).get(address)
}

function withTimesListed(xml: string, container: BlobAddress, { world }: Surroundings): Buffer {
  const times = blobTimes(world)
  const entries = xml.replaceAll(
    /<Blob><Name>(.*?)<\/Name><Properties>(.*?)<\/Properties>/gs,
    (entry, name: string, properties: string) => {
      const known = times.get(container + unescaped(name))
      if (known === undefined) return entry
      const rest = properties.replaceAll(/<(Creation-Time|Last-Modified|AccessTierChangeTime)>.*?<\/\1>/g, '')
      const told = `<Creation-Time>${httpDate(known.created)}</Creation-Time><Last-Modified>${httpDate(known.modified)}</Last-Modified>`
      return `<Blob><Name>${name}</Name><Properties>${told}${rest}</Properties>`
    }
  )
  return Buffer.from(entries)
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&'
}

const unescaped = (text: string): string =>
  text.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? '')

const httpDate = (instant: number): string => new Date(instant).toUTCString()
