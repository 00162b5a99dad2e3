import { type NewKeyVersion, keyEventOf } from './key-event.ts'
import type { Surroundings } from '../core/service.ts'
import { deliverSoon } from './delivery.ts'

/** Key Vault tells Event Grid of every new version of a key; Event Grid brings it to the webhook, at least once. */
export function announceKeyVersion(made: NewKeyVersion, around: Surroundings): void {
  deliverSoon(keyEventOf(made, around.clock.nowIso()), around)
}
