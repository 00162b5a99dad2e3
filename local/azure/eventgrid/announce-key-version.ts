import type { VaultRecord } from '../arm/vault-record.ts'
import type { Surroundings } from '../core/service.ts'
import type { KeyVersion } from '../keyvault/key-record.ts'
import { deliverSoon } from './delivery.ts'
import { keyEventOf } from './key-event.ts'

export interface KeyVersionMade {
  readonly vault: VaultRecord
  /** Name of the key. */
  readonly key: string
  readonly version: Pick<KeyVersion, 'version' | 'notBefore' | 'expires'>
}

/** Key Vault tells Event Grid of every new version of a key; Event Grid brings it to the webhook, at least once. */
export function announceKeyVersion(made: KeyVersionMade, around: Surroundings): void {
  deliverSoon(keyEventOf(made, around.clock.nowIso()), around)
}
