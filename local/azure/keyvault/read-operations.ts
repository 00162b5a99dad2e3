import { keyBundle, keyItem, keyUrl, vaultUrl } from './key-bundle.ts'
import type { KeyRequest } from './key-request.ts'
import { findKey, keysIn, type KeyRecord, type KeyVersion } from './key-record.ts'
import { pageOf } from './paging.ts'
import { keyNotFound } from './refusals.ts'

/** `GET /keys/{name}[/{version}]`: the latest version where none is named. */
export function getKey(asked: KeyRequest): unknown {
  const key = requiredKey(asked)
  return keyBundle(key, versionOf(key, asked.version), asked.view)
}

/** `GET /keys`: one line for each key, with the attributes of its latest version. */
export function listKeys({ request, view, around }: KeyRequest): unknown {
  const items = keysIn(around.world, view.vault).map((key) => keyItem(key, latestOf(key), { view, versioned: false }))
  return pageOf(items, request, `${vaultUrl(view.vault)}/keys`)
}

/**
 * `GET /keys/{name}/versions`: by version id, so that no caller can take the last one for the latest.
 * A key that is not there has an empty list of versions, as in Azure.
 */
export function listVersions({ request, name, view, around }: KeyRequest): unknown {
  const key = findKey(around.world, view.vault, name)
  if (key === undefined) return pageOf([], request, '')
  const ordered = [...key.versions].sort((a, b) => (a.version < b.version ? -1 : 1))
  const items = ordered.map((version) => keyItem(key, version, { view, versioned: true }))
  return pageOf(items, request, `${keyUrl(view.vault, key)}/versions`)
}

/** `GET /keys/{name}/rotationpolicy`: a key that was given none has Azure's default, which sets no expiry. */
export function getRotationPolicy(asked: KeyRequest): unknown {
  const key = requiredKey(asked)
  const byDefault = { lifetimeActions: [{ trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'Notify' } }] }
  const { attributes, ...given } = { ...byDefault, attributes: {}, ...key.rotationPolicy }
  return {
    id: `${keyUrl(asked.view.vault, key)}/rotationpolicy`,
    ...given,
    attributes: { ...attributes, ...key.rotationPolicySet }
  }
}

export function requiredKey({ name, view, around }: KeyRequest): KeyRecord {
  const key = findKey(around.world, view.vault, name)
  if (key === undefined) throw keyNotFound(name)
  return key
}

/** The version named, or the latest. Throws 404 for one that the key does not have. */
export function versionOf(key: KeyRecord, wanted: string | undefined): KeyVersion {
  const version = wanted === undefined ? key.versions.at(-1) : key.versions.find((each) => each.version === wanted)
  if (version === undefined) throw keyNotFound(`${key.name}/${wanted ?? ''}`)
  return version
}

function latestOf(key: KeyRecord): KeyVersion {
  return versionOf(key, undefined)
}
