import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { VaultRecord } from '../arm/keyvault-management/vault-record.ts'
import type { World } from '../core/world.ts'
import { geographyOf } from './geography.ts'
import type { KeyRecord } from './key-record.ts'
import { foreignBackup, malformedBackup } from './refusals.ts'

/** A key with all its versions as an opaque blob, base64url. Like Azure's, it differs at every call. */
export function sealBackup(key: KeyRecord, vault: VaultRecord, world: World): string {
  const content = { subscriptionId: vault.subscriptionId, geography: geographyOf(vault.location), key }
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(world), nonce)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()])
  return Buffer.concat([magic, nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** The key in a blob. Throws for one that is damaged, or of another subscription or geography (domain.md §4.6). */
export function openBackup(value: string, vault: VaultRecord, world: World): KeyRecord {
  const content = unsealed(Buffer.from(value, 'base64url'), world)
  const home = { subscriptionId: vault.subscriptionId, geography: geographyOf(vault.location) }
  if (content.subscriptionId !== home.subscriptionId || content.geography !== home.geography) throw foreignBackup()
  return content.key
}

interface Content {
  readonly subscriptionId: string
  readonly geography: string
  readonly key: KeyRecord
}

const magic = Buffer.from('CKSIM1')

function unsealed(blob: Buffer, world: World): Content {
  const nonceAt = magic.length
  const tagAt = nonceAt + 12
  const sealedAt = tagAt + 16
  if (blob.length < sealedAt || !blob.subarray(0, nonceAt).equals(magic)) throw malformedBackup()
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(world), blob.subarray(nonceAt, tagAt))
  decipher.setAuthTag(blob.subarray(tagAt, sealedAt))
  try {
    const text = Buffer.concat([decipher.update(blob.subarray(sealedAt)), decipher.final()]).toString()
    return JSON.parse(text) as Content // authenticated: only sealBackup can have written it
  } catch {
    throw malformedBackup()
  }
}

function sealingKey(world: World): Buffer {
  return createHash('sha256').update(`backup of ${world.secret}`).digest()
}
