import type { VaultRecord } from '../arm/keyvault-management/vault-record.ts'
import type { KeyRecord, KeyVersion } from './key-record.ts'
import { publicHalfOf } from './public-half.ts'
import { recoveryOf } from './recovery-level.ts'

/** Where a key is seen from: its vault, and whether the vault's subscription has retention registered now. */
export interface View {
  readonly vault: VaultRecord
  readonly isRetentionRegistered: boolean
}

/** One version of a key as create, get, update, import and restore answer it. */
export function keyBundle(key: KeyRecord, version: KeyVersion, view: View): unknown {
  return {
    key: {
      kid: `${keyUrl(view.vault, key)}/${version.version}`,
      kty: version.kty,
      key_ops: version.operations,
      ...publicHalfOf(version)
    },
    attributes: attributesOf(version, view),
    ...tagsOf(version)
  }
}

/** One line of a listing: the URL carries no version where keys are listed, and one where versions are. */
export function keyItem(key: KeyRecord, version: KeyVersion, { view, versioned }: { view: View; versioned: boolean }) {
  const url = keyUrl(view.vault, key)
  return {
    kid: versioned ? `${url}/${version.version}` : url,
    attributes: attributesOf(version, view),
    ...tagsOf(version)
  }
}

export function vaultUrl(vault: VaultRecord): string {
  return `https://${vault.name.toLowerCase()}.vault.azure.net`
}

export function keyUrl(vault: VaultRecord, key: KeyRecord): string {
  return `${vaultUrl(vault)}/keys/${key.name}`
}

function attributesOf(version: KeyVersion, view: View) {
  return {
    enabled: version.enabled,
    ...(version.notBefore === undefined ? {} : { nbf: version.notBefore }),
    ...(version.expires === undefined ? {} : { exp: version.expires }),
    created: version.created,
    updated: version.updated,
    ...recoveryOf(view.vault.properties, view.isRetentionRegistered),
    exportable: false,
    // Recorded of keys in software, too: test/contract/recordings.
    hsmPlatform: version.kty.endsWith('-HSM') ? '2' : '0'
  }
}

function tagsOf(version: KeyVersion) {
  return Object.keys(version.tags).length === 0 ? {} : { tags: version.tags }
}
