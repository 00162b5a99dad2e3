import type { Surroundings } from '../core/service.ts'
import type { Collection, World } from '../core/world.ts'
import type { StorageContainerSeed } from './accounts.ts'

/** What Azure remembers about an immutable blob and Azurite does not. */
export interface BlobProtection {
  readonly address: BlobAddress
  readonly versionId: string
  /** ISO 8601, simulated time. */
  readonly until: string
}

/** Where a blob lives, as one name: `account/container/blob`. */
export type BlobAddress = string

/** Puts a new blob of an immutable container under the container's locked default policy, until which it stays. */
export function protect(address: BlobAddress, container: StorageContainerSeed, around: Surroundings): BlobProtection {
  const now = around.clock.now()
  const protection = {
    address,
    versionId: versionIdAt(now),
    until: new Date(now + (container.immutableDays ?? 0) * 86_400_000).toISOString()
  }
  protections(around.world).set(address, protection)
  return protection
}

export function protectionOf(address: BlobAddress, around: Surroundings): BlobProtection | undefined {
  return protections(around.world).get(address)
}

/** Whether the blob may neither be replaced nor changed nor removed now. */
export function isProtected(address: BlobAddress, around: Surroundings): boolean {
  const protection = protectionOf(address, around)
  return protection !== undefined && Date.parse(protection.until) > around.clock.now()
}

/** The response headers in which the blob service tells of a policy; the date is RFC 1123 there. */
export function protectionHeaders(protection: BlobProtection): Record<string, string> {
  return {
    'x-ms-version-id': protection.versionId,
    'x-ms-is-current-version': 'true',
    'x-ms-immutability-policy-until-date': new Date(protection.until).toUTCString(),
    'x-ms-immutability-policy-mode': 'locked'
  }
}

/** By address. */
export function protections(world: World): Collection<BlobProtection> {
  return world.collection('blobProtections')
}

/** A version id is an instant with seven decimals of a second. */
function versionIdAt(now: number): string {
  return new Date(now).toISOString().replace('Z', '0000Z')
}
