import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { readJson } from '../host/app-files.ts'
import type { Clock } from '../host/clock.ts'
import { startHost, type Host } from '../host/host.ts'
import type { Directory } from '../host/http/principal.ts'
import type { Log } from '../host/log.ts'
import type { Watch } from '../host/moments.ts'
import { loadApp } from './load-app.ts'

export interface StageHostOptions {
  readonly state: DatabaseSync
  /** Of the task hub; absent: as host.json says. */
  readonly hubName?: string | undefined
  readonly clock: Clock
  readonly systemKey: string
  readonly directory: Directory
  readonly log: Log
  readonly watch: Watch
  /** Cuts every connection between the app and Azure. */
  readonly cut: () => void
  /** Called each time the host listens. */
  readonly onListening: (url: string) => void
}

const hostJson = z
  .looseObject({ extensions: z.looseObject({ durableTask: z.looseObject({ hubName: z.string() }) }) })
  .parse(readJson(join(import.meta.dirname, '..', '..', 'host.json')))

function withHub(hubName: string): object {
  const { extensions } = hostJson
  return { ...hostJson, extensions: { ...extensions, durableTask: { ...extensions.durableTask, hubName } } }
}

/** The embedded host in this process. It is started again whenever it is lost, as a platform would. */
export class StageHost {
  readonly #options: StageHostOptions
  #host: Host | undefined
  #port = 0
  #ready = Promise.withResolvers<string>()
  #kills = 0

  constructor(options: StageHostOptions) {
    this.#options = options
  }

  /** Resolves to the base URL when the host listens; anew after a kill. */
  get ready(): Promise<string> {
    return this.#ready.promise
  }

  get kills(): number {
    return this.#kills
  }

  async start(): Promise<void> {
    const { state, hubName, clock, systemKey, directory, log, watch, onListening } = this.#options
    const host = await startHost({
      load: loadApp,
      stateFile: state,
      clock,
      watch,
      hostJson: hubName === undefined ? hostJson : withHub(hubName),
      port: this.#port,
      directory,
      keys: { master: randomUUID(), system: systemKey },
      log,
      onGivenUp: () => this.#startAnother()
    })
    this.#host = host
    this.#port = host.port
    onListening(host.url)
    this.#ready.resolve(host.url)
  }

  /**
   * As a power cut would: all that is in memory is gone, what is in the store is not. The next host goes on, once
   * `meanwhile` is done.
   */
  kill(meanwhile: () => void = () => undefined): void {
    const host = this.#host
    if (host === undefined) return // it is dead already, and the next one is on its way
    this.#host = undefined
    this.#kills += 1
    this.#ready = Promise.withResolvers()
    this.#options.cut()
    void host
      .abandon()
      .then(meanwhile)
      .then(() => this.start())
  }

  /** The worker alone: the host loads the app again, and fails what was under way as the real one does. */
  async killWorker(): Promise<void> {
    const lost = this.#host?.loseWorker()
    this.#options.cut()
    await lost
  }

  /** Leaves what is under way where it stands. */
  async strike(): Promise<void> {
    const host = this.#host ?? (await this.ready, this.#host)
    this.#host = undefined
    await host?.abandon()
  }

  /** After three deaths of its worker a host has stopped itself. */
  #startAnother(): void {
    if (this.#host === undefined) return // somebody ends it all
    this.#host = undefined
    this.#ready = Promise.withResolvers()
    void this.start()
  }
}
