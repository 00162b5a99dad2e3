import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import type { MicrosoftScript } from '../azure/microsoft/approvals.ts'
import { usualLagMs } from '../azure/arm/replica.ts'
import { allOrNothing } from '../azure/core/all-or-nothing.ts'
import type { ClockMode } from '../azure/core/clock.ts'
import { seedFor, settingsFor } from '../azure/seed.ts'
import { startSimulatedAzure, type SimulatedAzure } from '../azure/start.ts'
import { Api } from '../stage/api.ts'
import { HostProcess } from './host-process.ts'
import { azureStateIn, noteHost, refuseLostAzure, refuseLostHost } from './kept-folder.ts'

export interface StageOptions {
  readonly request: OnboardingRequest
  /** Undefined: a folder of its own, removed when the stage is struck. */
  readonly keep: string | undefined
  readonly app?: string | undefined
  readonly clock: { readonly mode: ClockMode; readonly startAt?: Date }
  readonly port: number
  readonly microsoft: MicrosoftScript
  readonly settings?: Readonly<Record<string, string>>
  readonly onHostPid?: (pid: number) => void
}

/** A simulated Azure, the host as a process of its own, and the way to talk to the app. */
export interface Stage {
  readonly azure: SimulatedAzure
  readonly host: HostProcess
  readonly api: Api
  readonly folder: string
  /** Ends both, and removes the folder unless it is kept. */
  strike(): Promise<void>
}

/** Where it cannot be set, nothing of it is left but what a kept folder holds. */
export const setStage = (options: StageOptions): Promise<Stage> =>
  allOrNothing(async (began) => {
    const folder = began(folderOf(options), (each) => leave(each, options))
    refuseLostAzure(folder)
    const azure = began(
      await startSimulatedAzure({
        stateDir: azureStateIn(folder),
        accept: (world) => refuseLostHost(folder, world),
        seed: seedFor(options.request),
        clock: options.clock,
        microsoft: options.microsoft,
        lagMs: usualLagMs
      }),
      (each) => each.stop()
    )
    const api = began(new Api(), (each) => each.close())
    const host = began(hostOf({ azure, api, folder }, options), (each) => each.stop())
    void azure.world.lost.then((why) => api.close(why))
    await host.start()
    const strike = async (): Promise<void> => {
      api.close()
      await host.stop()
      await azure.stop()
      leave(folder, options)
    }
    return { azure, host, api, folder, strike }
  })

function folderOf({ keep }: StageOptions): string {
  const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'customer-key-')) : resolve(keep)
  mkdirSync(folder, { recursive: true })
  return folder
}

function leave(folder: string, { keep }: StageOptions): void {
  if (keep === undefined) rmSync(folder, { recursive: true, force: true })
}

function hostOf({ azure, api, folder }: Pick<Stage, 'azure' | 'api' | 'folder'>, options: StageOptions): HostProcess {
  return new HostProcess({
    folder,
    app: options.app,
    port: options.port,
    systemKey: azure.seed.webhook.systemKey,
    environment: { ...azure.hostEnvironment, ...settingsFor(azure.seed), ...options.settings },
    onListening: (url, pid) => {
      api.moved(url)
      azure.eventGridTo(url)
      noteHost(folder, azure.world)
      options.onHostPid?.(pid)
    },
    onGivenUp: (why) => api.close(why)
  })
}
