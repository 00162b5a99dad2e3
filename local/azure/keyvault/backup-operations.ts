import { openBackup, sealBackup } from './backup.ts'
import { keyBundle } from './key-bundle.ts'
import type { KeyRequest } from './key-request.ts'
import { findKey, saveKey } from './key-record.ts'
import { requiredKey, versionOf } from './read-operations.ts'
import { keyExists, malformedBackup, tooManyVersions } from './refusals.ts'

/** `POST /keys/{name}/backup`: the key with all its versions; a single version cannot be backed up. */
export function backupKey(asked: KeyRequest): unknown {
  const key = requiredKey(asked)
  if (key.versions.length > 500) throw tooManyVersions(key.name)
  return { value: sealBackup(key, asked.view.vault, asked.around.world) }
}

/** `POST /keys/restore`: brings all versions back under their ids, into a vault without a key of this name. */
export function restoreKey({ request, view, around }: KeyRequest): unknown {
  const key = openBackup(valueOf(request.body), view.vault, around.world)
  if (findKey(around.world, view.vault, key.name) !== undefined) throw keyExists(key.name)
  saveKey(around.world, view.vault, key)
  return keyBundle(key, versionOf(key, undefined), view)
}

function valueOf(body: Buffer): string {
  try {
    const { value } = JSON.parse(body.toString()) as { value?: unknown } // or it throws, or has none
    if (typeof value === 'string') return value
  } catch {
    // Said below, like any other body without a blob.
  }
  throw malformedBackup()
}
