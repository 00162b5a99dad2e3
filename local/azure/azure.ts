import { scripts, type MicrosoftScript } from './microsoft/approvals.ts'
import { lags, usualRegistrationMs } from './arm/replica.ts'
import { armService } from './arm/service.ts'
import type { AnsweredListener, AppliedListener, AskedListener } from './core/answer.ts'
import { SimulatedClock, type ClockMode } from './core/clock.ts'
import { FaultList } from './core/faults.ts'
import type { ServedAzure } from './core/gateway.ts'
import { Journal } from './core/journal.ts'
import type { Service, Surroundings } from './core/service.ts'
import type { World } from './core/world.ts'
import { emailService } from './email/service.ts'
import { keepDeadLetter } from './eventgrid/keep-dead-letter.ts'
import { entraService } from './entra/service.ts'
import { eventGridService } from './eventgrid/service.ts'
import { eventGridTo } from './eventgrid/webhook.ts'
import { graphService } from './graph/service.ts'
import { insightsService } from './insights/service.ts'
import { keyvaultService } from './keyvault/service.ts'
import { plantSeed } from './plant-seed.ts'
import type { Seed } from './seed-shape.ts'
import type { BlobEngine } from './storage/engine.ts'
import { startStorage, type Storage } from './storage/service.ts'

export interface AzureOptions {
  readonly world: World
  /** What keeps the blobs of these storage accounts. */
  readonly engine: (accounts: readonly string[]) => BlobEngine | Promise<BlobEngine>
  /** Ignored by a world that has been seeded before. */
  readonly seed: Seed
  readonly clock: { readonly mode: ClockMode; readonly startAt?: Date }
  readonly microsoft?: MicrosoftScript | undefined
  /** Simulated milliseconds by which reads of Azure Resource Manager are late; where they are, no provider registers at once. */
  readonly lagMs?: number
}

/** A simulated Azure, whole, and on no network yet. */
export interface Azure {
  readonly clock: SimulatedClock
  readonly journal: Journal
  readonly world: World
  readonly faults: FaultList
  /** The seed in force: that of the world, where it had one. */
  readonly seed: Seed
  /** What a network serves. */
  readonly served: ServedAzure
  /** Told of every request before it is carried out, which waits for the listener. */
  onAsked(listener: AskedListener): void
  /** Told of every request that was carried out, before its caller hears of it. */
  onApplied(listener: AppliedListener): void
  /** Told of every answer. */
  onAnswered(listener: AnsweredListener): void
  /** Where the app listens from now on, for whom the public network has its name; called after each start of the host. */
  eventGridTo(hostBase: string): void
  /** What lies in a store, as an administrator of the account would download it. */
  readBlob: Storage['read']
  /** Nothing can be asked of it afterwards. */
  close(): Promise<void>
}

export async function createAzure({
  world,
  engine,
  seed: wanted,
  clock: time,
  microsoft,
  lagMs = 0
}: AzureOptions): Promise<Azure> {
  const clock = new SimulatedClock({ world, ...time })
  const around = { world, clock, journal: new Journal(world) }
  const seed = plantSeed(world, wanted)
  writeScript(world, microsoft)
  lags(world).set('arm', { ms: lagMs })
  lags(world).set('providers', { ms: lagMs === 0 ? 0 : usualRegistrationMs })
  const accounts = [...seed.storage.slots, seed.storage.records]
  const storage = await startStorage({
    engine: await engine(accounts.map(({ name }) => name)),
    tenantId: seed.tenant.tenantId,
    accounts
  })
  const services = allServices({ seed, storage, around })
  listenToAgenda(services, around)
  const [asked, applied, answered]: [AskedListener[], AppliedListener[], AnsweredListener[]] = [[], [], []]
  const faults = new FaultList()
  clock.start()
  return {
    ...around,
    faults,
    seed,
    served: { services, around, faults, asked, applied, answered },
    onAsked: (listener) => void asked.push(listener),
    onApplied: (listener) => void applied.push(listener),
    onAnswered: (listener) => void answered.push(listener),
    eventGridTo: (hostBase) => eventGridTo(world, { hostBase, publicHost: seed.webhook.publicHost }),
    readBlob: (account, container, name) => storage.read(account, container, name),
    close: async () => {
      await clock.stop()
      await storage.stop()
      world.close()
    }
  }
}

/** The people of a world do not change when it is taken up again. */
function writeScript(world: World, microsoft: MicrosoftScript | undefined): void {
  if (microsoft !== undefined && !scripts(world).has('microsoft')) scripts(world).set('microsoft', microsoft)
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
  const services = [
    armService,
    graphService,
    keyvaultService,
    eventGridService(keepDeadLetter(storage.write, around)),
    storage.service,
    emailService({ ...mail, maySend: [identities.app.objectId] }),
    insightsService([identities.app.objectId])
  ]
  return [...services, entraService([...new Set(services.flatMap(audiencesOf))])]
}

/** Those of Key Vault and storage are asked by these services themselves. */
const audiencesOf = ({
  audiences = ['https://vault.azure.net', 'https://storage.azure.com']
}: Service): readonly string[] => audiences

function listenToAgenda(services: readonly Service[], around: Surroundings): void {
  for (const { agenda = {} } of services) {
    for (const [kind, handle] of Object.entries(agenda)) around.clock.handle(kind, (payload) => handle(payload, around))
  }
}
