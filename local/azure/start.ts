import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scripts, type MicrosoftScript } from './microsoft/approvals.ts'
import { armService } from './arm/service.ts'
import type { AnsweredListener, AppliedListener } from './core/answer.ts'
import { makeCertificates } from './core/certificates.ts'
import { startClockServer } from './core/clock-server.ts'
import { SimulatedClock, type ClockMode } from './core/clock.ts'
import { FaultList } from './core/faults.ts'
import { startGateway } from './core/gateway.ts'
import { Journal } from './core/journal.ts'
import type { Service, Surroundings } from './core/service.ts'
import { World } from './core/world.ts'
import { emailService } from './email/service.ts'
import { keepDeadLetter } from './eventgrid/keep-dead-letter.ts'
import { eventGridService } from './eventgrid/service.ts'
import { eventGridTo } from './eventgrid/webhook.ts'
import { graphService } from './graph/service.ts'
import { insightsService } from './insights/service.ts'
import { keyvaultService } from './keyvault/service.ts'
import { plantSeed } from './plant-seed.ts'
import type { Seed } from './seed-shape.ts'
import { startStorage, type Storage } from './storage/service.ts'
import { startTokenServer } from './token/token-server.ts'

export interface SimulatedAzureOptions {
  /** Made when it is not there; a state that is there is taken up where it was left. */
  readonly stateDir: string
  /** Ignored by a state that has been seeded before. */
  readonly seed: Seed
  readonly clock: { readonly mode: ClockMode; readonly startAt?: Date }
  readonly microsoft?: MicrosoftScript
}

export interface SimulatedAzure {
  /** What a process must be given so that its unmodified SDK clients find this Azure and nothing else. */
  readonly hostEnvironment: Readonly<Record<string, string>>
  readonly clock: SimulatedClock
  readonly journal: Journal
  readonly world: World
  readonly faults: FaultList
  /** The seed in force: that of the state, where it had one. */
  readonly seed: Seed
  /** Told of every request that was carried out, before its caller hears of it. */
  onApplied(listener: AppliedListener): void
  /** Told of every answer. */
  onAnswered(listener: AnsweredListener): void
  /** Where the app listens from now on, for whom the public network has its name; called after each start of the host. */
  eventGridTo(hostBase: string): void
  /** What lies in a store, as an administrator of the account would download it. */
  readBlob: Storage['read']
  stop(): Promise<void>
}

/** Starts the whole simulated Azure on 127.0.0.1. */
export async function startSimulatedAzure(options: SimulatedAzureOptions): Promise<SimulatedAzure> {
  const { stateDir } = options
  mkdirSync(stateDir, { recursive: true })
  const world = new World(join(stateDir, 'azure.sqlite'))
  const clock = new SimulatedClock({ world, ...options.clock })
  const around = { world, clock, journal: new Journal(world) }
  const seed = plantSeed(world, options.seed)
  writeScript(world, options.microsoft)
  const storage = await startStorage({
    stateDir,
    tenantId: seed.tenant.tenantId,
    accounts: [...seed.storage.slots, seed.storage.records]
  })
  return serve({ stateDir, around, seed, storage })
}

/** The people of a state do not change when it is taken up again. */
function writeScript(world: World, microsoft: MicrosoftScript | undefined): void {
  if (microsoft !== undefined && !scripts(world).has('microsoft')) scripts(world).set('microsoft', microsoft)
}

async function serve({
  stateDir,
  around,
  seed,
  storage
}: {
  stateDir: string
  around: Surroundings
  seed: Seed
  storage: Storage
}): Promise<SimulatedAzure> {
  const { world, clock, journal } = around
  const services = allServices({ seed, storage, around })
  listenToAgenda(services, around)
  const faults = new FaultList()
  const applied: AppliedListener[] = []
  const answered: AnsweredListener[] = []
  const certificates = await makeCertificates()
  const authorityFile = join(stateDir, 'ca.pem')
  writeFileSync(authorityFile, certificates.authority)
  const gateway = await startGateway({ services, around, faults, applied, answered, certificates })
  const tokens = await startTokenServer(around)
  const clockServer = await startClockServer(clock)
  clock.start()
  return {
    clock,
    journal,
    world,
    faults,
    seed,
    hostEnvironment: {
      ...tokens.environment,
      HTTPS_PROXY: gateway.proxyUrl,
      HTTP_PROXY: gateway.proxyUrl,
      NODE_USE_ENV_PROXY: '1', // Node's own fetch and http obey the proxy only then
      NO_PROXY: '127.0.0.1,localhost',
      NODE_EXTRA_CA_CERTS: authorityFile,
      CKEY_CLOCK_URL: clockServer.url
    },
    onApplied: (listener) => {
      applied.push(listener)
    },
    onAnswered: (listener) => {
      answered.push(listener)
    },
    eventGridTo: (hostBase) => eventGridTo(world, { hostBase, publicHost: seed.webhook.publicHost }),
    readBlob: (account, container, name) => storage.read(account, container, name),
    stop: async () => {
      await Promise.all([clockServer.stop(), tokens.stop(), gateway.stop()])
      await clock.stop()
      await storage.stop()
      world.close()
    }
  }
}

/** The map of the simulated Azure. */
function allServices({
  seed: { identities, mail },
  storage,
  around
}: {
  seed: Seed
  storage: Storage
  around: Surroundings
}): Service[] {
  return [
    armService,
    graphService,
    keyvaultService,
    eventGridService(keepDeadLetter(storage.write, around)),
    storage.service,
    emailService({ ...mail, maySend: [identities.app.objectId] }),
    insightsService([identities.app.objectId])
  ]
}

function listenToAgenda(services: readonly Service[], around: Surroundings): void {
  for (const { agenda = {} } of services) {
    for (const [kind, handle] of Object.entries(agenda)) around.clock.handle(kind, (payload) => handle(payload, around))
  }
}
