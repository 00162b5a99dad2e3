import type { World } from '../core/world.ts'

/** How Event Grid brings events: at least once, late, and in no order it promises. */
export interface Manners {
  /** How often each event is brought although it has arrived; 1 when it behaves. */
  readonly copies: number
  /** Milliseconds until the first try. */
  readonly delayMs: number
  /** The later an event of the same `delayMs` happened, the earlier it is brought. */
  readonly reversed: boolean
}

/** From now on, for events to come. */
export function setManners(world: World, manners: Manners): void {
  all(world).set('manners', manners)
}

export function mannersNow(world: World, now: number): { copies: number; at: number } {
  const { copies, delayMs, reversed } = all(world).get('manners') ?? { copies: 1, delayMs: 0, reversed: false }
  if (!reversed || delayMs === 0) return { copies, at: now + delayMs }
  const sinceWindow = now % delayMs
  return { copies, at: now - sinceWindow + delayMs + (delayMs - sinceWindow) }
}

function all(world: World) {
  return world.collection<Manners>('eventGridManners')
}
