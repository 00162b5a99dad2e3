import { canonicalJson, type Sha256 } from '../terms/digest.ts'

/** One version of a key: whatever of it may change is here. Moments are ISO 8601 UTC. */
export interface KeyVersionSeen {
  /** With version: `https://{vault}.vault.azure.net/keys/{name}/{version}`. */
  readonly id: string
  readonly enabled: boolean
  readonly createdOn: string | undefined
  readonly updatedOn: string | undefined
  readonly expiresOn: string | undefined
  readonly notBefore: string | undefined
  readonly recoveryLevel: string
  readonly tags: Readonly<Record<string, string>>
}

/** All versions of one key: one that is there has at least one. */
export type KeyVersions = readonly [KeyVersionSeen, ...KeyVersionSeen[]]

/** SHA-256 over ids, attributes and tags of all versions, in whatever order Key Vault lists them (R45). */
export const fingerprintOf = (versions: readonly KeyVersionSeen[], sha256: Sha256): string =>
  sha256(canonicalJson([...versions].sort((a, b) => (a.id < b.id ? -1 : 1))))

/** When anything about the key last changed, as far as Key Vault keeps it. */
export const lastChangeOf = (versions: readonly KeyVersionSeen[]): string | undefined =>
  versions
    .flatMap(({ updatedOn, createdOn }) => updatedOn ?? createdOn ?? [])
    .sort()
    .at(-1)

/** The version that the key's name alone stands for: the newest. */
export const newestOf = ([first, ...others]: KeyVersions): KeyVersionSeen =>
  others.reduce((newest, each) => (isOlder(newest, each) ? each : newest), first)

const isOlder = ({ createdOn: one }: KeyVersionSeen, { createdOn: other }: KeyVersionSeen): boolean =>
  other !== undefined && (one === undefined || one <= other)
