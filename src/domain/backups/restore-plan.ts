import type { BackupManifest } from './backup-manifest.ts'
import { sameText } from '../terms/same-text.ts'
import { geographyOf } from '../terms/geography.ts'
import { versionIn } from '../terms/key-uri.ts'

/** A backup in somebody's hands, its manifest, and the vault it is to go to. */
export interface RestoreRequest {
  readonly manifest: BackupManifest
  /** Of the bytes at hand. */
  readonly backup: { readonly sha256: string; readonly size: number }
  readonly target: RestoreTarget
}

export interface RestoreTarget {
  readonly vaultName: string
  readonly subscriptionId: string
  readonly region: string
  readonly keyNames: readonly string[]
}

/** Why this backup cannot be restored there, a sentence each; empty where it can. */
export function whyNotRestorable({ manifest, backup, target }: RestoreRequest): string[] {
  const { securityWorld: home, keyName, sha256, size } = manifest
  const { vaultName, subscriptionId, region, keyNames } = target
  const taken = keyNames.find((name) => sameText(name, keyName))
  return [
    ...(backup.sha256 === sha256 && backup.size === size
      ? []
      : [
          `The backup is not the one its manifest describes: SHA-256 ${backup.sha256}, not ${sha256}. Take another copy of it.`
        ]),
    ...(sameText(home.subscriptionId, subscriptionId)
      ? []
      : [
          `${vaultName} is in subscription ${subscriptionId}; this backup can be read only in ${home.subscriptionId}. Choose a vault there.`
        ]),
    ...(geographyOf(region) === home.geography
      ? []
      : [
          `${vaultName} is in the geography ${geographyOf(region)}; this backup can be read only in ${home.geography}. Choose a vault there.`
        ]),
    ...(taken === undefined
      ? []
      : [`${vaultName} has a key ${taken} already, and a restore never replaces one. Choose a vault without it.`])
  ]
}

/** Version ids that the manifest names and the restored key lacks, or the other way round. */
export function versionsAstray(manifest: BackupManifest, restored: readonly { readonly id: string }[]): string[] {
  const versionOf = ({ id }: { readonly id: string }): string => versionIn(id)
  const wanted = new Set(manifest.versions.map(versionOf))
  const found = new Set(restored.map(versionOf))
  return [...[...wanted].filter((id) => !found.has(id)), ...[...found].filter((id) => !wanted.has(id))]
}
