import type { VaultRecord } from '../arm/keyvault-management/vault-record.ts'
import type { KeyVersion } from '../keyvault/key-record.ts'

import { createHash } from 'node:crypto'

/** An event in the Event Grid schema, as a webhook receives it. */
export interface EventGridEvent {
  readonly id: string
  /** ARM id of what the event comes from. */
  readonly topic: string
  readonly subject: string
  readonly eventType: string
  /** ISO 8601, simulated time. */
  readonly eventTime: string
  readonly data: Readonly<Record<string, unknown>>
  readonly dataVersion: string
  readonly metadataVersion: string
}

/** The same event as CloudEvents 1.0: https://learn.microsoft.com/azure/event-grid/event-schema-key-vault */
export function cloudEventOf({ id, topic, subject, eventType, eventTime, data }: EventGridEvent): object {
  return { id, source: topic, subject, type: eventType, time: eventTime, data, specversion: '1.0' }
}

/** `Microsoft.KeyVault.KeyNewVersionCreated`; its data is in Pascal case on the wire (domain.md §4.7). */
export function keyEventOf(
  { vault, key, version: { version, notBefore, expires } }: NewKeyVersion,
  eventTime: string
): EventGridEvent {
  const url = `https://${vault.name.toLowerCase()}.vault.azure.net/keys/${key}/${version}`
  return {
    id: uuidOf(`${url} created`),
    topic: vault.id,
    subject: key,
    eventType: 'Microsoft.KeyVault.KeyNewVersionCreated',
    eventTime,
    data: {
      Id: url,
      VaultName: vault.name.toLowerCase(),
      ObjectType: 'Key',
      ObjectName: key,
      Version: version,
      NBF: notBefore ?? null,
      EXP: expires ?? null
    },
    dataVersion: '1',
    metadataVersion: '1'
  }
}

/** `Microsoft.KeyVault.VaultAccessPolicyChanged`: of the vault as a whole, so what names a key is empty. */
export function accessPolicyEventOf(vault: VaultRecord, eventTime: string): EventGridEvent {
  const name = vault.name.toLowerCase()
  return {
    id: uuidOf(`${vault.id} at ${eventTime}: ${JSON.stringify(vault.properties.accessPolicies)}`),
    topic: vault.id,
    subject: name,
    eventType: 'Microsoft.KeyVault.VaultAccessPolicyChanged',
    eventTime,
    data: {
      Id: `https://${name}.vault.azure.net`,
      VaultName: name,
      ObjectType: 'Vault',
      ObjectName: name,
      Version: '',
      NBF: null,
      EXP: null
    },
    dataVersion: '1',
    metadataVersion: '1'
  }
}

/** The same in every rehearsal; the digits that tell a UUID's version and variant are put in. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const [first, second, third, fourth] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16), hex.slice(17, 20)]
  return `${first}-${second}-4${third}-8${fourth}-${hex.slice(20, 32)}`
}

export interface NewKeyVersion {
  readonly vault: VaultRecord
  /** Name of the key. */
  readonly key: string
  readonly version: Pick<KeyVersion, 'version' | 'notBefore' | 'expires'>
}
