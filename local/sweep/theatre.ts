import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import type { ClockSource } from '../azure/core/clock.ts'
import { seedFor, settingsFor } from '../azure/seed.ts'
import { startSimulatedAzure, type SimulatedAzure } from '../azure/start.ts'
import { loadModules, readJson } from '../host/app-files.ts'
import { startHost } from '../host/host.ts'
import type { Log } from '../host/log.ts'
import { remoteClock } from '../host/remote-clock.ts'
import { Api } from '../rehearsal/api.ts'

const root = join(import.meta.dirname, '..', '..')

/** A simulated Azure, the host and the app, all in this process: for many short runs, and to see what they do. */
export interface Theatre {
  readonly azure: SimulatedAzure
  readonly api: Api
  /** Where the host listens. */
  readonly url: string
  readonly stateFile: string
  /** The people on stage; others take their place with the next run. */
  people: ClockSource | undefined
  close(): Promise<void>
}

export interface TheatreOptions {
  /** What the tenant is made ready for. */
  readonly request: OnboardingRequest
  readonly settings?: Readonly<Record<string, string>>
  readonly log: Log
}

/** Short patience, and nothing on the clock but the onboarding itself. */
export const quietSettings = {
  CKEY_CALL_TIMEOUT_SECONDS: '1',
  CKEY_RETRY_DELAY_MS: '1',
  CKEY_SWEEP_SCHEDULE: '0 0 0 1 1 *',
  CKEY_PURGE_SCHEDULE: '0 0 0 1 1 *',
  CKEY_MAIL_SCHEDULE: '0 0 0 1 1 *'
}

/** One at a time in a process: the app is registered once, and finds its Azure by the process's environment. */
export async function openTheatre({ request, settings = {}, log }: TheatreOptions): Promise<Theatre> {
  const folder = mkdtempSync(join(tmpdir(), 'customer-key-'))
  const azure = await startSimulatedAzure({
    stateDir: join(folder, 'azure'),
    seed: seedFor(request),
    clock: { mode: 'skip', startAt: new Date('2026-11-23T17:00:00Z') },
    microsoft: { approveAfterBusinessDays: 1 }
  })
  const environment = {
    WEBSITE_AUTH_ENABLED: 'True',
    ...azure.hostEnvironment,
    ...settingsFor(azure.seed),
    ...settings
  }
  Object.assign(process.env, environment)
  trust(azure.hostEnvironment['NODE_EXTRA_CA_CERTS'] ?? '')
  const stateFile = join(folder, 'host.sqlite')
  const host = await startHost({
    load: () => loadModules([join(root, 'src', 'app.ts')]),
    stateFile,
    clock: await remoteClock(azure.hostEnvironment['CKEY_CLOCK_URL'] ?? ''),
    hostJson: readJson(join(root, 'host.json')),
    keys: { master: randomUUID(), system: azure.seed.webhook.systemKey },
    log
  })
  const api = new Api()
  api.moved(host.url)
  azure.eventGridTo(host.url)
  const theatre: Theatre = {
    azure,
    api,
    stateFile,
    url: host.url,
    people: undefined,
    close: async () => {
      api.close()
      await host.stop()
      await azure.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
  azure.clock.addSource({
    observe: async () => theatre.people?.observe(),
    next: () => theatre.people?.next(),
    run: async (now) => theatre.people?.run(now)
  })
  return theatre
}

/** NODE_EXTRA_CA_CERTS is read when a process starts; this one already has. */
function trust(certificateFile: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(certificateFile, 'utf8')])
}
