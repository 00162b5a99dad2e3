import { createHmac } from 'node:crypto'
import type { World } from '../core/world.ts'

/**
 * The secret of an application of this world. In Azure a managed identity has none; here it has, so that a person can sign in
 * with az as the app or a slot and see what it may do.
 */
export const clientSecretOf = (world: World, clientId: string): string =>
  createHmac('sha256', world.secret).update(`secret of ${clientId.toLowerCase()}`).digest('base64url')
