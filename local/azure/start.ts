import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAzure, type Azure, type AzureOptions } from './azure.ts'
import { startClockServer } from './core/clock-server.ts'
import { World } from './core/world.ts'
import { startDirectoryServer } from './directory-server.ts'
import { startNetwork } from './network.ts'
import { azuriteEngine } from './storage/azurite-engine.ts'
import { journaled } from './storage/journaled.ts'

export interface SimulatedAzureOptions extends Pick<AzureOptions, 'seed' | 'clock' | 'microsoft'> {
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
export async function startSimulatedAzure({
  stateDir,
  accept,
  ...options
}: SimulatedAzureOptions): Promise<SimulatedAzure> {
  mkdirSync(stateDir, { recursive: true })
  const world = new World(join(stateDir, 'azure.sqlite'))
  const azure = await onWorld(world, () => {
    accept?.(world)
    return createAzure({
      ...options,
      world,
      engine: async (accounts) => journaled(await azuriteEngine(accounts), world)
    })
  })
  const network = await startNetwork(azure.served)
  const clockServer = await startClockServer(azure.clock)
  const directoryServer = await startDirectoryServer(azure)
  const authorityFile = join(stateDir, 'ca.pem')
  writeFileSync(authorityFile, network.authority)
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

/** A start that comes to nothing lets go of the state. */
async function onWorld<T>(world: World, start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (error) {
    try {
      world.close()
    } catch {
      // What came first is told.
    }
    throw error
  }
}
