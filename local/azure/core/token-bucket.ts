import type { World } from './world.ts'

export interface BucketSize {
  readonly capacity: number
  readonly refillPerSecond: number
}

/** Requests that Azure lets through at once, and how fast the right to more comes back, by simulated time. */
export class TokenBuckets {
  readonly #buckets = new WeakMap<World, Map<string, { left: number; at: number }>>()

  /** Takes one; otherwise the whole seconds until there is one again. A restart of the simulation fills them all. */
  take(world: World, name: string, { capacity, refillPerSecond }: BucketSize, now: number): number | undefined {
    const own = this.#buckets.get(world) ?? new Map<string, { left: number; at: number }>()
    this.#buckets.set(world, own)
    const { left, at } = own.get(name) ?? { left: capacity, at: now }
    const filled = Math.min(capacity, left + (Math.max(0, now - at) / 1000) * refillPerSecond)
    own.set(name, { left: filled < 1 ? filled : filled - 1, at: now })
    return filled < 1 ? Math.ceil((1 - filled) / refillPerSecond) : undefined
  }
}
