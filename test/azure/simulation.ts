import { afterAll, beforeAll } from 'vitest'
import { connectAzure, type Azure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import type { Config } from '../../src/config/config.ts'
import type { Choices } from '../../src/domain/terms/choices.ts'
import { parseRequest } from '../../src/domain/request/request.ts'
import { seedFor, settingsFor } from '../../local/azure/seed.ts'
import { createAzure } from '../../local/azure/azure.ts'
import type { ReachableAzure } from '../../local/azure/start.ts'
import { azuriteEngine } from '../../local/azure/storage/azurite-engine.ts'
import { newWorld, serveHere } from '../../local/stage/ground.ts'
import { watchContract } from '../contract/watch.ts'

export interface Simulation {
  readonly simulated: ReachableAzure
  readonly azure: Azure
  readonly config: Config
}

export const tenantId = '00000000-0000-4000-8000-0000000000aa'
export const subscriptionIds = {
  1: '00000000-0000-4000-8000-000000000001',
  2: '00000000-0000-4000-8000-000000000002'
} as const

/** One simulated Azure per test file, made for a request, and the clients of production led to it by the environment alone. */
export function useSimulation(choices: Partial<Choices> = {}): Simulation {
  let simulation: Simulation | undefined
  const contract = watchContract()
  beforeAll(async () => {
    const seed = seedFor(requestFor(choices))
    const azure = await createAzure({
      world: newWorld(),
      engine: azuriteEngine,
      seed,
      clock: { mode: 'skip', startAt: new Date('2026-11-02T17:00:00Z') },
      microsoft: { approveAfterBusinessDays: 4 }
    })
    azure.onAnswered(contract)
    const { hostEnvironment, authority } = await serveHere(azure.served)
    const simulated = { ...azure, hostEnvironment, authority }
    const config = readConfig({ ...settingsFor(seed), CKEY_CALL_TIMEOUT_SECONDS: '10' })
    simulation = { simulated, config, azure: connectAzure(config) }
  })
  afterAll(() => simulation?.simulated.close())
  const started = () => {
    if (!simulation) throw new Error('the simulation has not started')
    return simulation
  }
  return {
    get simulated() {
      return started().simulated
    },
    get azure() {
      return started().azure
    },
    get config() {
      return started().config
    }
  }
}

/** What its Azure was made for. */
export function requestFor(choices: Partial<Choices>) {
  const parsed = parseRequest({
    id: 'contoso-1',
    organization: { tenantId, domain: 'contoso.onmicrosoft.com' },
    namePrefix: 'Contoso',
    subscriptions: [
      { slot: 1, id: subscriptionIds[1], region: 'westus2', operators: ['alice@contoso.com'] },
      { slot: 2, id: subscriptionIds[2], region: 'eastus2', operators: ['bob@contoso.com'] }
    ],
    policies: [{ workload: 'exchange', scope: 'NA' }],
    ...choices
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed.request
}
