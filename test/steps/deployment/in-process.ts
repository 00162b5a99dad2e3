import { armService } from '../../../local/azure/arm/service.ts'
import { SimulatedClock } from '../../../local/azure/core/clock.ts'
import { Journal } from '../../../local/azure/core/journal.ts'
import { Router } from '../../../local/azure/core/router.ts'
import { AzureError } from '../../../local/azure/core/service.ts'
import { newWorld } from '../../../local/stage/ground.ts'
import { answers } from '../../../src/azure/answers/answers.ts'
import type { Deployed } from '../../../src/azure/deployed.ts'

/**
 * Resource Manager asked in this process, by somebody who may: as src/azure/deployed.ts asks it over the wire, some sixty times
 * sooner. What the wire adds, test/cli/inspect-deployed.test.ts sees.
 */
export function inProcess({ tenantId, objectId }: { readonly tenantId: string; readonly objectId: string }) {
  const world = newWorld()
  const around = { world, clock: new SimulatedClock({ world, mode: 'skip' }), journal: new Journal(world) }
  const router = new Router(armService.routes)

  async function asked(method: string, address: string): Promise<unknown> {
    const { host, pathname: path, searchParams } = new URL(address, 'https://management.azure.com')
    const { route, parameters } = router.match({ method, path }) ?? {}
    if (!route) throw new Error(`Nobody answers ${method} ${path}.`)
    const caller = { clientId: '', objectId, tenantId, audience: 'https://management.azure.com' }
    const request = { method, host, path, target: path, headers: {}, body: Buffer.of(), caller, requestId: '' }
    try {
      const query = new Map([...searchParams].map(([name, value]) => [name.toLowerCase(), value]))
      return (await route.handle({ ...request, query }, parameters ?? {}, around)).json
    } catch (error) {
      if (error instanceof AzureError && error.status === 404) return undefined
      throw error
    }
  }

  const deployed: Deployed = {
    get: async (path, version) => {
      const found = await asked('GET', `${path}?api-version=${version}`)
      return found === undefined ? undefined : answers['deployed.get'].parse(found)
    },
    list: async (path, version) => {
      const found = await asked('GET', `${path}${path.includes('?') ? '&' : '?'}api-version=${version}`)
      return found === undefined ? [] : answers['deployed.list'].parse(found).value
    },
    registration: async (subscriptionId, namespace) =>
      answers['providers.get'].parse(
        await asked('GET', `/subscriptions/${subscriptionId}/providers/${namespace}?api-version=2025-04-01`)
      ).registrationState,
    settings: async (siteId, version) =>
      answers['deployed.settings'].parse(
        await asked('POST', `${siteId}/config/appsettings/list?api-version=${version}`)
      ).properties
  }
  /** Azure counts what is asked of a subscription, as time goes by. */
  return { world, deployed, later: () => around.clock.advance(60_000) }
}
