import type { KeyVersion, KeyVersions } from '../resources/key.ts'
import { canonicalJson, type Sha256 } from '../terms/digest.ts'

/** SHA-256 over ids, attributes and tags of all versions, in whatever order Key Vault lists them (R45). */
export const fingerprintOf = (versions: readonly KeyVersion[], sha256: Sha256): string =>
  sha256(canonicalJson([...versions].sort((a, b) => (a.id < b.id ? -1 : 1))))

/** When anything about the key last changed, as far as Key Vault keeps it. */
export const lastChangeOf = (versions: readonly KeyVersion[]): string | undefined =>
  versions
    .flatMap(({ updatedOn, createdOn }) => updatedOn ?? createdOn ?? [])
    .sort()
    .at(-1)

/** The version that the key's name alone stands for: the newest. */
export const newestOf = ([first, ...others]: KeyVersions): KeyVersion =>
  others.reduce((newest, each) => (isOlder(newest, each) ? each : newest), first)

const isOlder = ({ createdOn: one }: KeyVersion, { createdOn: other }: KeyVersion): boolean =>
  other !== undefined && (one === undefined || one <= other)
