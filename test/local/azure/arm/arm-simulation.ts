import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { AuthorizationManagementClient } from '@azure/arm-authorization'
import { FeatureClient } from '@azure/arm-features'
import { KeyVaultManagementClient } from '@azure/arm-keyvault'
import { ResourceManagementClient } from '@azure/arm-resources'
import { SubscriptionClient } from '@azure/arm-resources-subscriptions'
import type { TokenCredential } from '@azure/core-auth'
import { afterEach, beforeEach, expect } from 'vitest'
import { microsoftAgenda, scripts } from '../../../../local/azure/microsoft/approvals.ts'
import { armService } from '../../../../local/azure/arm/service.ts'
import { issueToken } from '../../../../local/azure/core/bearer-token.ts'
import { makeCertificates } from '../../../../local/azure/core/certificates.ts'
import { SimulatedClock } from '../../../../local/azure/core/clock.ts'
import { FaultList } from '../../../../local/azure/core/faults.ts'
import { startGateway, type Gateway } from '../../../../local/azure/core/gateway.ts'
import { Journal } from '../../../../local/azure/core/journal.ts'
import type { Surroundings } from '../../../../local/azure/core/service.ts'
import { StoredWorld } from '../../../../local/azure/core/world.ts'
import { graphService } from '../../../../local/azure/graph/service.ts'
import { plantSeed } from '../../../../local/azure/plant-seed.ts'
import { seedFor } from '../../../../local/azure/seed.ts'
import { stableGuid } from '../../../../local/azure/stable-guid.ts'
import { watchContract } from '../../../contract/watch.ts'
import { request, subscriptionIds, tenantId } from './request.ts'

/** A Monday, 09:00 in Redmond. */
export const startAt = new Date('2026-11-23T17:00:00Z')

export interface Principal {
  readonly clientId: string
  readonly objectId: string
}

const seed = seedFor(request)
const principalOf = (index: number): Principal => seed.identities.slots[index] ?? seed.identities.app
export const principals = {
  app: seed.identities.app,
  slot1: principalOf(0),
  slot2: principalOf(1),
  /** The first operator of slot 1, who owns the subscription. */
  alice: { clientId: 'azure-portal', objectId: stableGuid(tenantId, 'user alice@contoso.com') }
}

/** ARM and Graph of a freshly seeded tenant, for each test anew; clients find them through the CONNECT proxy. */
export function useArm() {
  let gateway: Gateway | undefined
  let around: Surroundings | undefined
  const contract = watchContract()
  beforeEach(async () => {
    const world = new StoredWorld(':memory:')
    around = { world, clock: new SimulatedClock({ world, mode: 'skip', startAt }), journal: new Journal(world) }
    plantSeed(world, seed)
    scripts(world).set('microsoft', { approveAfterBusinessDays: 4 })
    for (const [kind, handle] of Object.entries(microsoftAgenda)) {
      const surroundings = around
      around.clock.handle(kind, (payload) => handle(payload, surroundings))
    }
    const certificates = await makeCertificates()
    const services = [armService, graphService]
    const parts = { faults: new FaultList(), applied: [], answered: [contract] }
    gateway = await startGateway({ services, around, certificates, ...parts })
    setDefaultCACertificates([...getCACertificates('bundled'), certificates.authority])
  })
  afterEach(() => gateway?.stop())
  const running = () => {
    if (gateway === undefined || around === undefined) throw new Error('The simulation has not started.')
    return { gateway, around }
  }
  const options = () => {
    const { hostname, port } = new URL(running().gateway.proxyUrl)
    return { proxyOptions: { host: `http://${hostname}`, port: Number(port) }, retryOptions: { maxRetries: 0 } }
  }
  const credential = ({ clientId, objectId }: Principal): TokenCredential => ({
    getToken: (scopes) => {
      const audience = String(scopes).replace(/\/+\.default$/, '')
      const caller = { clientId, objectId, tenantId, audience }
      const expires = Math.floor(Date.now() / 1000) + 3600
      return Promise.resolve({
        token: issueToken(caller, running().around.world.secret, expires),
        expiresOnTimestamp: expires * 1000
      })
    }
  })
  return {
    get around() {
      return running().around
    },
    options,
    credential,
    as: (principal: Principal, subscription: string = subscriptionIds[0]) => ({
      subscriptions: new SubscriptionClient(credential(principal), options()).subscriptions,
      features: new FeatureClient(credential(principal), subscription, options()).features,
      resources: new ResourceManagementClient(credential(principal), subscription, options()),
      vaults: new KeyVaultManagementClient(credential(principal), subscription, options()).vaults,
      authorization: new AuthorizationManagementClient(credential(principal), subscription, options())
    })
  }
}

/** Expects Azure's refusal: status and code as a client sees them, and what the message must say. */
export async function refused(work: Promise<unknown>, statusCode: number, code: string, says = ''): Promise<void> {
  await expect(work).rejects.toMatchObject({ statusCode, code, message: expect.stringContaining(says) as string })
}

export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const each of pages) found.push(each)
  return found
}
