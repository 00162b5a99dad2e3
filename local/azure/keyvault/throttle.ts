import type { VaultRecord } from '../arm/keyvault-management/vault-record.ts'
import type { Surroundings } from '../core/service.ts'
import { throttled } from './refusals.ts'

const limit = 10
const windowMs = 10_000

/** Counts one creation of an HSM key; throws 429 beyond 10 in 10 seconds of one vault, as the service limits say. */
export function countHsmCreation(vault: VaultRecord, { world, clock }: Surroundings): void {
  const creations = world.collection<{ at: readonly number[] }>('hsmKeyCreations')
  const id = vault.name.toLowerCase()
  const now = clock.now()
  const recent = (creations.get(id)?.at ?? []).filter((at) => at > now - windowMs)
  const oldest = recent[0]
  if (recent.length >= limit && oldest !== undefined) throw throttled(Math.ceil((oldest + windowMs - now) / 1000))
  creations.set(id, { at: [...recent, now] })
}
