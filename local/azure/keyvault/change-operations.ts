import { announceKeyVersion } from '../eventgrid/announce-key-version.ts'
import {
  checkAttributes,
  checkDates,
  checkTags,
  datesIn,
  updated,
  type KeyAttributes,
  type KeyUpdate
} from './key-attributes.ts'
import { keyBundle } from './key-bundle.ts'
import type { KeyRequest } from './key-request.ts'
import { findKey, saveKey } from './key-record.ts'
import { newVersion, type NewKey } from './new-version.ts'
import { getRotationPolicy, requiredKey, versionOf } from './read-operations.ts'
import { badParameter } from './refusals.ts'
import { countHsmCreation } from './throttle.ts'

/** `POST /keys/{name}/create`: a second creation of a name is a new version of the key. */
export function createKey(asked: KeyRequest): unknown {
  const body = bodyOf<NewKey>(asked)
  if (body.kty === 'RSA-HSM') countHsmCreation(asked.view.vault, asked.around)
  return addVersion(asked, body)
}

/** `PUT /keys/{name}`: of what is imported only the public half is kept. */
export function importKey(asked: KeyRequest): unknown {
  const { key, Hsm, ...rest } = bodyOf<ImportedKey>(asked)
  if (key?.n === undefined) throw badParameter('Property key has invalid value: an RSA key with its modulus is needed.')
  const bits = Buffer.from(key.n, 'base64url').length * 8
  const kty = Hsm === true || key.kty === 'RSA-HSM' ? 'RSA-HSM' : 'RSA'
  return addVersion(asked, { ...rest, kty, key_size: bits, key_ops: key.key_ops ?? null, n: key.n })
}

interface RotationPolicy {
  readonly lifetimeActions?: readonly { readonly action?: { readonly type?: unknown } }[] | null
}

interface ImportedKey {
  readonly key?: { readonly kty?: string; readonly key_ops?: readonly string[]; readonly n?: string }
  readonly Hsm?: boolean
  readonly attributes?: KeyAttributes | null
  readonly tags?: Readonly<Record<string, string>> | null
}

/** `PATCH /keys/{name}[/{version}]`. Event Grid tells of new versions only, never of an update (domain.md §4.7). */
export function updateKey(asked: KeyRequest): unknown {
  const body = bodyOf<KeyUpdate>(asked)
  checkAttributes(body.attributes ?? {})
  const key = requiredKey(asked)
  const before = versionOf(key, asked.version)
  checkTags(body.tags)
  const after = updated(before, body, asked.around.clock.now())
  checkDates(after)
  const changed = { ...key, versions: key.versions.map((each) => (each === before ? after : each)) }
  saveKey(asked.around.world, asked.view.vault, changed)
  return keyBundle(changed, after, asked.view)
}

/** `PUT /keys/{name}/rotationpolicy`: kept as it came. `KeyRotationPolicyAction` has two words, compared without case. */
export function setRotationPolicy(asked: KeyRequest): unknown {
  const rotationPolicy = bodyOf<RotationPolicy>(asked)
  for (const { action } of rotationPolicy.lifetimeActions ?? [])
    if (!['rotate', 'notify'].includes(String(action?.type).toLowerCase()))
      throw badParameter(`Invalid type of a lifetime action: ${String(action?.type)}`)
  const key = requiredKey(asked)
  const updated = Math.floor(asked.around.clock.now() / 1000)
  const rotationPolicySet = { created: key.rotationPolicySet?.created ?? updated, updated }
  saveKey(asked.around.world, asked.view.vault, { ...key, rotationPolicy, rotationPolicySet })
  return getRotationPolicy(asked)
}

function addVersion({ name, view, around }: KeyRequest, body: NewKey): unknown {
  checkAttributes(body.attributes ?? {})
  checkDates(datesIn(body.attributes))
  checkTags(body.tags)
  const existing = findKey(around.world, view.vault, name)
  const version = newVersion(body, { vault: view.vault, name, existing, now: around.clock.now() })
  const key = { ...existing, name: existing?.name ?? name, versions: [...(existing?.versions ?? []), version] }
  saveKey(around.world, view.vault, key)
  announceKeyVersion({ vault: view.vault, key: key.name, version }, around)
  return keyBundle(key, version, view)
}

/** The body as the client's own types say it is; what the simulation relies on is checked where it is used. */
function bodyOf<T extends object>({ request }: KeyRequest): T {
  try {
    const body: unknown = JSON.parse(request.body.toString() || '{}')
    if (typeof body === 'object' && body !== null) return body as T
  } catch {
    // Said below, like any other body that is no object.
  }
  throw badParameter('The request body could not be parsed as JSON.')
}
