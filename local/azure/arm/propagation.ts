import type { Surroundings } from '../core/service.ts'
import type { AccessPolicy, VaultRecord } from './keyvault-management/vault-record.ts'

/** How long Azure takes to tell all of itself what was changed. */
interface Propagation {
  /** From the write of an access policy until the vault's data plane obeys it. */
  readonly accessPolicyMs: number
  /** From the moment a vault is said to be ready until its name resolves. */
  readonly nameMs: number
  /** From the assignment of a role until it allows anything. Absent: at once. */
  readonly roleMs?: number
}

/** The one of a state, under `propagation`; at once where there is none. */
export function propagation(world: Surroundings['world']) {
  return world.collection<Propagation>('propagation')
}

export const nameMs = (world: Surroundings['world']): number => propagation(world).get('propagation')?.nameMs ?? 0

/** When the data plane hears of each policy that differs from what was there before. */
export function heardAt(
  before: VaultRecord,
  policies: readonly AccessPolicy[],
  { world, clock }: Surroundings
): NonNullable<VaultRecord['policiesHeardAt']> {
  const { accessPolicyMs = 0 } = propagation(world).get('propagation') ?? {}
  const known = new Set(before.properties.accessPolicies.map((policy) => JSON.stringify(policy)))
  const changed = policies.filter((policy) => !known.has(JSON.stringify(policy)))
  return {
    ...before.policiesHeardAt,
    ...Object.fromEntries(changed.map(({ objectId }) => [objectId.toLowerCase(), clock.now() + accessPolicyMs]))
  }
}
