import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createAzure, type Azure, type AzureOptions } from './azure.ts'
import { allOrNothing, type Began } from './core/all-or-nothing.ts'
import { startClockServer } from './core/clock-server.ts'
import { StoredWorld, type World } from './core/world.ts'
import { writeWhole } from './core/write-whole.ts'
import { startDirectoryServer } from './directory-server.ts'
import { startNetwork } from './network.ts'
import type { BlobEngine } from './storage/engine.ts'
import { azuriteEngine } from './storage/azurite-engine.ts'
import { journaled } from './storage/journaled.ts'

export interface SimulatedAzureOptions extends Pick<AzureOptions, 'seed' | 'clock' | 'microsoft' | 'lagMs'> {
  /** Made when it is not there; a state that is there is taken up where it was left. */
  readonly stateDir: string
  /** Throws where what is in the folder beside it does not go with it. */
  readonly accept?: (world: World) => void
}

/** A simulated Azure that clients can reach. */
export interface ReachableAzure extends Azure {
  /** What a process must be given so that its unmodified SDK clients find this Azure and nothing else. */
  readonly hostEnvironment: Readonly<Record<string, string>>
  /** PEM of the authority that its clients must trust. */
  readonly authority: string
}

export interface SimulatedAzure extends ReachableAzure {
  stop(): Promise<void>
}

/** Starts the whole simulated Azure on 127.0.0.1, its state on disk, for a host that is a process of its own. */
export const startSimulatedAzure = (options: SimulatedAzureOptions): Promise<SimulatedAzure> =>
  allOrNothing((began) => startParts(options, began))

async function startParts(
  { stateDir, accept, ...options }: SimulatedAzureOptions,
  began: Began
): Promise<SimulatedAzure> {
  mkdirSync(stateDir, { recursive: true })
  const world = began(new StoredWorld(join(stateDir, 'azure.sqlite')), (each) => each.close())
  accept?.(world)
  const engine = async (accounts: readonly string[]): Promise<BlobEngine> =>
    journaled(
      began(await azuriteEngine(accounts), (each) => each.stop()),
      world
    )
  const azure = began(await createAzure({ ...options, world, engine }), ({ clock }) => clock.stop())
  const network = began(await startNetwork(azure.served), (each) => each.stop())
  const clockServer = began(await startClockServer(azure.clock), (each) => each.stop())
  const directoryServer = began(await startDirectoryServer(azure), (each) => each.stop())
  const authorityFile = join(stateDir, 'ca.pem')
  writeWhole(authorityFile, network.authority)
  return {
    ...azure,
    authority: network.authority,
    hostEnvironment: {
      ...network.environment,
      NODE_EXTRA_CA_CERTS: authorityFile,
      CKEY_CLOCK_URL: clockServer.url,
      CKEY_DIRECTORY_URL: directoryServer.url
    },
    stop: async () => {
      await Promise.all([clockServer.stop(), directoryServer.stop(), network.stop()])
      await azure.close()
    }
  }
}
