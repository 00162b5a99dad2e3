import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { TokenCredential } from '@azure/core-auth'
import { expect } from 'vitest'
import { vaults } from '../../../local/azure/arm/keyvault-management/vault-record.ts'
import type { VaultProperties, VaultRecord } from '../../../local/azure/arm/keyvault-management/vault-record.ts'
import { issueToken } from '../../../local/azure/core/bearer-token.ts'
import { makeCertificates } from '../../../local/azure/core/certificates.ts'
import { SimulatedClock } from '../../../local/azure/core/clock.ts'
import { FaultList } from '../../../local/azure/core/faults.ts'
import { startGateway } from '../../../local/azure/core/gateway.ts'
import { Journal } from '../../../local/azure/core/journal.ts'
import type { Service, Surroundings } from '../../../local/azure/core/service.ts'
import { StoredWorld } from '../../../local/azure/core/world.ts'
import { eventGridService } from '../../../local/azure/eventgrid/service.ts'
import { eventSubscriptions, type EventSubscriptionRecord } from '../../../local/azure/eventgrid/topic-record.ts'
import { eventGridTo } from '../../../local/azure/eventgrid/webhook.ts'
import { watchContract } from '../../contract/watch.ts'

export const tenantId = '11111111-1111-4111-8111-111111111111'
export const slotIdentity = { clientId: 'c1', objectId: 'aaaaaaaa-0000-4000-8000-000000000001', tenantId }
export const appIdentity = { clientId: 'c0', objectId: 'aaaaaaaa-0000-4000-8000-000000000000', tenantId }
export const stranger = { clientId: 'c9', objectId: 'aaaaaaaa-0000-4000-8000-000000000009', tenantId }

export type Identity = typeof slotIdentity

/** A Monday, 09:00 in Redmond. */
export const startAt = new Date('2026-01-05T17:00:00Z')

/** Surroundings of a fresh state in memory, where Event Grid does its part. */
export function freshSurroundings(): Surroundings {
  const world = new StoredWorld(':memory:')
  const around = { world, clock: new SimulatedClock({ world, mode: 'skip', startAt }), journal: new Journal(world) }
  for (const [kind, handler] of Object.entries(eventGridService(() => Promise.resolve()).agenda ?? {})) {
    around.clock.handle(kind, (payload) => handler(payload, around))
  }
  return around
}

const contract = watchContract()

/** One for the whole process: two authorities of one name confuse the clients. */
const authority = makeCertificates()

/** Serves the services as a rehearsal does: TLS with a local authority behind the CONNECT proxy. */
export async function serveDataPlanes(services: readonly Service[], around: Surroundings) {
  const certificates = await authority
  const faults = new FaultList()
  const gateway = await startGateway({ services, around, faults, applied: [], answered: [contract], certificates })
  const proxy = new URL(gateway.proxyUrl)
  // A client's own `tlsOptions` do not reach the tunnel that a proxy opens for it.
  setDefaultCACertificates([...getCACertificates(), certificates.authority])
  return {
    faults,
    stop: () => gateway.stop(),
    /** Options that lead any SDK client here; its retries are short, so that a refusal shows at once. */
    options: () => ({
      proxyOptions: { host: `http://${proxy.hostname}`, port: Number(proxy.port) },
      retryOptions: { maxRetries: 0, maxTries: 1 }
    })
  }
}

/** A credential that hands out this state's tokens; `audience` overrides the one the client asks for. */
export function credentialOf(identity: Identity, around: Surroundings, audience?: string): TokenCredential {
  return {
    getToken: (scopes) => {
      const asked = [scopes].flat()[0] ?? ''
      const expires = Date.now() + 3_600_000
      const caller = { ...identity, audience: audience ?? asked.replace(/\/+\.default$/, '') }
      const token = issueToken(caller, around.world.secret, expires / 1000)
      return Promise.resolve({ token, expiresOnTimestamp: expires })
    }
  }
}

export interface VaultWish {
  readonly name: string
  readonly subscriptionId?: string
  readonly location?: string
  readonly sku?: 'standard' | 'premium'
  /** Key permissions of `slotIdentity`. */
  readonly permissions?: readonly string[]
  readonly properties?: Partial<VaultProperties>
  readonly dnsReadyAt?: number
}

/** Writes a vault as ARM would have, ready from the start unless told otherwise. */
export function putVault(wish: VaultWish, { world, clock }: Surroundings): VaultRecord {
  const { name, subscriptionId = '22222222-2222-4222-8222-222222222222', location = 'eastus' } = wish
  const vault: VaultRecord = {
    id: `/subscriptions/${subscriptionId}/resourceGroups/ck/providers/Microsoft.KeyVault/vaults/${name}`,
    name,
    location,
    subscriptionId,
    resourceGroup: 'ck',
    tags: {},
    properties: {
      tenantId,
      sku: { family: 'A', name: wish.sku ?? 'premium' },
      accessPolicies: [
        { tenantId, objectId: slotIdentity.objectId, permissions: { keys: wish.permissions ?? slotPermissions } }
      ],
      enabledForDeployment: false,
      enabledForDiskEncryption: false,
      enabledForTemplateDeployment: false,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enablePurgeProtection: true,
      enableRbacAuthorization: false,
      publicNetworkAccess: 'Enabled',
      ...wish.properties
    },
    createdAt: clock.nowIso(),
    createdBy: slotIdentity.clientId,
    dnsReadyAt: wish.dnsReadyAt ?? 0
  }
  vaults(world).set(name.toLowerCase(), vault)
  return vault
}

/** Subscribes a webhook on this machine to the events of a vault, as ARM would have once it had proved itself. */
export function subscribeTo(
  vault: VaultRecord,
  hostBase: string,
  {
    around,
    ...change
  }: Partial<EventSubscriptionRecord> & {
    readonly around: Surroundings
  }
): void {
  const publicHost = 'app.azurewebsites.net'
  eventGridTo(around.world, { hostBase, publicHost })
  const id = `${vault.id}-events/eventSubscriptions/customer-key`
  eventSubscriptions(around.world).set(id.toLowerCase(), {
    id,
    name: 'customer-key',
    topicId: `${vault.id}-events`,
    source: vault.id,
    endpointUrl: `https://${publicHost}/runtime/webhooks/EventGrid?functionName=key-event&code=k`,
    eventDeliverySchema: 'CloudEventSchemaV1_0',
    includedEventTypes: ['Microsoft.KeyVault.KeyNewVersionCreated', 'Microsoft.KeyVault.VaultAccessPolicyChanged'],
    maxDeliveryAttempts: 30,
    eventTimeToLiveInMinutes: 1440,
    readyAt: 0,
    ...change
  })
}

/** DESIGN §4.3. */
export const slotPermissions: readonly string[] = ['get', 'list', 'create', 'update', 'backup']

/** A folder that is gone with the test's end. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'ckey-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** For `toMatchObject`, whose own matchers have no type: a text with `part` in it. */
export const textWith = (part: string): unknown => expect.stringContaining(part)

/** The same: a text that fits the pattern. */
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern)
