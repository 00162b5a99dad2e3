import type { Route, Surroundings } from '../core/service.ts'
import type { Collection, World } from '../core/world.ts'

/**
 * Resource Manager keeps its data in several regions, and a read elsewhere may come before the copy does: Microsoft's support as
 * quoted in https://github.com/hashicorp/terraform-provider-azurerm/issues/18268 (a group just made is 404, `ResourceGroupNotFound`)
 * and https://github.com/Azure/azure-sdk-for-go/issues/21608 (what is put into it, too); for access policies of vaults
 * https://github.com/hashicorp/terraform-provider-azurerm/pull/9125 waits until three reads in a row have them. How long it takes,
 * nobody publishes. Here whoever reads sees all that was written through ARM as it was some seconds before.
 */
export interface Lag {
  readonly ms: number
}

/** Seconds are what is reported; a test that wants the worst sets a minute. */
export const usualLagMs = 8_000

/**
 * What a provider takes to be registered with a subscription: a moment, says
 * https://learn.microsoft.com/azure/event-grid/custom-event-quickstart#enable-the-event-grid-resource-provider, and nobody how long.
 */
export const usualRegistrationMs = 90_000

/** Those of a state: of reads under `arm`, of registrations under `providers`; none: all is there at once. */
export const lags = (world: World): Collection<Lag> => world.collection('lags')

/** A route whose handler reads and writes as ARM lets it. */
export const replicated = (route: Route): Route => ({
  ...route,
  handle: (request, parameters, around) =>
    route.handle(request, parameters, { ...around, world: worldSeenBy(route, around) })
})

interface Written {
  readonly id: string
  readonly before: object | undefined
  /** Simulated milliseconds. */
  readonly at: number
}

/** Of each world and collection, in the order of writing. It need not outlive the process: the lag ends with it. */
const writings = new WeakMap<World, Map<string, Written[]>>()

function worldSeenBy({ method, operation }: Route, { world, clock }: Surroundings): World {
  const ms = lags(world).get('arm')?.ms ?? 0
  if (ms === 0) return world
  const since = clock.now() - ms
  const isRead = method === 'GET' || method === 'HEAD'
  const isOlder = (name: string) => replicas.has(name) && (isRead || isParent(name, operation))
  return {
    fresh: world.fresh,
    secret: world.secret,
    lost: world.lost,
    saved: () => world.saved(),
    close: () => world.close(),
    collection: <T extends object>(name: string): Collection<T> => {
      const all = world.collection<T>(name)
      if (!replicas.has(name)) return all
      const written = writtenTo(world, name)
      return isOlder(name) ? asItWas(all, written, since) : noting(all, written, () => clock.now())
    }
  }
}

/** What ARM keeps by copies. The vault's own data plane has other ways to be late: `propagation.ts`. */
const replicas: ReadonlySet<string> = new Set([
  'resource-groups',
  'vaults',
  'deleted-vaults',
  'role-assignments',
  'system-topics',
  'event-subscriptions',
  'retentions'
])

/** What is put into a group that was just made is refused: the group is not known yet where the request arrived. */
const isParent = (name: string, operation: string): boolean =>
  name === 'resource-groups' && !operation.startsWith('resourceGroups.')

function writtenTo(world: World, name: string): Written[] {
  const byName = writings.get(world) ?? new Map<string, Written[]>()
  writings.set(world, byName)
  const written = byName.get(name) ?? []
  byName.set(name, written)
  return written
}

function noting<T extends object>(all: Collection<T>, written: Written[], now: () => number): Collection<T> {
  const note = (id: string): void => void written.push({ id, before: all.get(id), at: now() })
  return {
    get: (id) => all.get(id),
    has: (id) => all.has(id),
    keys: () => all.keys(),
    values: () => all.values(),
    set: (id, value) => {
      note(id)
      all.set(id, value)
    },
    delete: (id) => {
      note(id)
      return all.delete(id)
    }
  }
}

function asItWas<T extends object>(all: Collection<T>, written: readonly Written[], since: number): Collection<T> {
  // The first write since then has what was there before all of them.
  const before = new Map(
    written
      .filter(({ at }) => at > since)
      .toReversed()
      .map((each) => [each.id, each.before])
  )
  const get = (id: string) => (before.has(id) ? (before.get(id) as T | undefined) : all.get(id)) // what `all` held
  const keys = () => [...new Set([...all.keys(), ...before.keys()])].filter((id) => get(id) !== undefined)
  return {
    get,
    has: (id) => get(id) !== undefined,
    keys,
    values: () => keys().flatMap((id) => get(id) ?? []),
    set: (id, value) => all.set(id, value),
    delete: (id) => all.delete(id)
  }
}
