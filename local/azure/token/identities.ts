import type { Collection, World } from '../core/world.ts'

/** A managed identity of the app. */
export interface Identity {
  /** Display name, e.g. `ck-slot1`. */
  readonly name: string
  readonly clientId: string
  /** Object id of its service principal: what role assignments and access policies name. */
  readonly objectId: string
  readonly tenantId: string
  /** Application permissions in Microsoft Graph, e.g. `User.Read.All`. */
  readonly graphRoles: readonly string[]
}

/** By client id, lower-case. */
export function identities(world: World): Collection<Identity> {
  return world.collection('identities')
}
