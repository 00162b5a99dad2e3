import type { DatabaseSync } from 'node:sqlite'
import { usualLagMs } from '../azure/arm/replica.ts'
import { createAzure } from '../azure/azure.ts'
import type { World } from '../azure/core/world.ts'
import type { Network } from '../azure/network.ts'
import type { ClockSource } from '../azure/core/clock.ts'
import { signedInAs } from '../azure/directory-server.ts'
import type { MicrosoftScript } from '../azure/microsoft/approvals.ts'
import type { SeedRequest } from '../azure/seed-shape.ts'
import type { ReachableAzure } from '../azure/start.ts'
import { seedFor, settingsFor } from '../azure/seed.ts'
import type { Log, LogEntry } from '../host/log.ts'
import { memoryDatabase } from '../host/store/open.ts'
import { Api } from './api.ts'
import { Cuts } from './cuts.ts'
import { giveSettings, newWorld, serveHere } from './ground.ts'
import { hostClocks } from './host-clock.ts'
import { engineWith, type LyingBlob } from './lying-blobs.ts'
import { Hub } from './hub.ts'
import { StageHost, type StageHostOptions } from './stage-host.ts'

export interface StageOptions {
  /** What the tenant is made ready for. */
  readonly request: SeedRequest
  /** App settings beside those that fit the tenant. */
  readonly settings?: Readonly<Record<string, string>>
  readonly microsoft?: MicrosoftScript
  /** A Monday, 09:00 in Redmond, when absent. */
  readonly startAt?: Date
  /** What lies in the stores before anything begins, e.g. as a release before has left it. */
  readonly lying?: readonly LyingBlob[]
  /** What else was done before, e.g. what Microsoft has registered; the app has not started. */
  readonly before?: (world: World) => void
  readonly log?: (entry: LogEntry) => void
}

/** App, host and simulated Azure in this process, for tests and many short runs; people are whoever plays them. */
export interface Stage {
  readonly azure: ReachableAzure
  readonly host: StageHost
  readonly api: Api
  /** Where a test can have the host or its worker lost. */
  readonly cuts: Cuts
  /** What can befall instances: a worker's death in a turn, a hand that ends or purges one, a hub that is deleted. */
  readonly hub: Hub
  /** The host's store: histories and instances, as `local/host/store` writes them. */
  readonly state: DatabaseSync
  /** Everything functions and host have logged. */
  readonly lines: readonly LogEntry[]
  /** The people on stage; others may take their place. */
  people: ClockSource | undefined
  /** A second deployment on the same stores, with a task hub in an account of its own: of the same name where none is given. */
  another(hubName?: string): Promise<Pick<Stage, 'host' | 'hub'>>
  /** Ends all of it, whatever is under way. The next stage starts afresh, in milliseconds. */
  strike(): Promise<void>
}

const usualStart = new Date('2026-11-23T17:00:00Z')

/** One at a time in a process: the app finds its Azure by the process's environment. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { request, settings = {}, microsoft, startAt = usualStart, lying = [], before, log = () => undefined } = options
  const world = newWorld()
  const azure = await createAzure({
    world,
    engine: () => engineWith(lying, world),
    seed: seedFor(request),
    clock: { mode: 'skip', startAt },
    microsoft,
    lagMs: usualLagMs
  })
  before?.(world)
  const network = await serveHere(azure.served)
  giveSettings({ WEBSITE_AUTH_ENABLED: 'True', ...settingsFor(azure.seed), ...settings })
  const api = new Api()
  const state = memoryDatabase()
  const lines: LogEntry[] = []
  const cuts = new Cuts({ lose: (what) => (what === 'host' ? host.kill() : void host.killWorker()) })
  azure.onAsked((request) => cuts.asked(request))
  azure.onApplied((entry) => cuts.applied(entry))
  const { systemKey } = azure.seed.webhook
  const hostOn = hostsOn({ azure, network, cuts, log: keeping(lines, log) })
  const host = hostOn({
    state,
    onListening: (url) => {
      api.moved(url)
      azure.eventGridTo(url)
    }
  })
  const others: { readonly host: StageHost; readonly state: DatabaseSync }[] = []
  const stage: Stage = {
    azure: { ...azure, hostEnvironment: network.hostEnvironment, authority: network.authority },
    host,
    api,
    cuts,
    hub: new Hub({ state, host, cuts, systemKey }),
    state,
    lines,
    people: undefined,
    another: async (hubName) => {
      const second = memoryDatabase()
      const another = hostOn({ state: second, hubName, onListening: () => undefined })
      others.push({ host: another, state: second })
      await another.start()
      return { host: another, hub: new Hub({ state: second, host: another, cuts, systemKey }) }
    },
    strike: async () => {
      api.close()
      for (const each of [{ host, state }, ...others]) await each.host.strike()
      network.cut()
      await azure.close()
      for (const each of [{ state }, ...others]) each.state.close()
    }
  }
  azure.clock.addSource(whoeverIsOn(stage))
  await host.start()
  return stage
}

const keeping =
  (lines: LogEntry[], log: Log): Log =>
  (entry) => {
    lines.push(entry)
    log(entry)
  }

interface Ground extends Pick<StageHostOptions, 'log'> {
  readonly azure: Awaited<ReturnType<typeof createAzure>>
  readonly network: Pick<Network, 'cut'>
  readonly cuts: Cuts
}

/** Makes hosts of the app on the same Azure and the same clock, each on a store of its own. */
function hostsOn({ azure, network, cuts, log }: Ground) {
  const clocks = hostClocks(azure.clock)
  return (of: Pick<StageHostOptions, 'state' | 'hubName' | 'onListening'>): StageHost =>
    new StageHost({
      ...of,
      clock: clocks(),
      systemKey: azure.seed.webhook.systemKey,
      directory: async (user) => signedInAs(azure, user),
      log,
      watch: (moment) => cuts.watch(moment),
      cut: () => network.cut()
    })
}

function whoeverIsOn(stage: Stage): ClockSource {
  return {
    observe: async () => stage.people?.observe(),
    next: () => stage.people?.next(),
    run: async (now) => stage.people?.run(now)
  }
}
