import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll } from 'vitest'
import { connectAzure, type Azure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import type { Config } from '../../src/config/config.ts'
import type { Choices } from '../../src/domain/terms/choices.ts'
import { parseRequest } from '../../src/domain/request/request.ts'
import { seedFor, settingsFor } from '../../local/azure/seed.ts'
import { startSimulatedAzure, type SimulatedAzure } from '../../local/azure/start.ts'
import { watchContract } from '../contract/watch.ts'

export interface Simulation {
  readonly simulated: SimulatedAzure
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
  const stateDir = mkdtempSync(join(tmpdir(), 'ckey-azure-'))
  let simulation: Simulation | undefined
  const contract = watchContract()
  beforeAll(async () => {
    const seed = seedFor(requestFor(choices))
    const simulated = await startSimulatedAzure({
      stateDir,
      seed,
      clock: { mode: 'skip', startAt: new Date('2026-11-02T17:00:00Z') },
      microsoft: { approveAfterBusinessDays: 4 }
    })
    simulated.onAnswered(contract)
    enter(simulated.hostEnvironment)
    const config = readConfig({ ...settingsFor(seed), CKEY_CALL_TIMEOUT_SECONDS: '10' })
    simulation = { simulated, config, azure: connectAzure(config) }
  })
  afterAll(async () => {
    await simulation?.simulated.stop()
    rmSync(stateDir, { recursive: true, force: true })
  })
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

/** What the host process would be started with. NODE_EXTRA_CA_CERTS is read at process start only. */
function enter(environment: Readonly<Record<string, string>>): void {
  Object.assign(process.env, environment)
  const certificate = environment['NODE_EXTRA_CA_CERTS']
  if (!certificate) throw new Error('the simulated Azure names no certificate')
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(certificate, 'utf8')])
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
