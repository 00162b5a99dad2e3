import type { Collection, World } from './world.ts'

/** What Azure takes and does not end: a provider stays `Registering`, a vault `RegisteringDns`, a mail is not known any more. */
export type Stall = 'providers' | 'vaults' | 'mails'

/** While it is there, whatever is of its kind stands still; deleted, it goes on as if nothing had been. */
export function stalls(world: World): Collection<{ readonly id?: string }> {
  return world.collection('stalls')
}

export const isStalled = (world: World, stall: Stall): boolean => stalls(world).has(stall)
