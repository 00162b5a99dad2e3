import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createWriteStream, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { writeWhole } from '../azure/core/write-whole.ts'
import { hostStateIn } from './kept-folder.ts'

export interface HostOptions {
  /** Folder of the state file and the log. */
  readonly folder: string
  /** A module or a folder with a package.json, as Azure Functions takes it; from the project's root. */
  readonly app?: string | undefined
  readonly environment: Readonly<Record<string, string>>
  /** What opens the webhooks of extensions, as in Azure. */
  readonly systemKey: string
  /** 0: the system chooses at the first start; later starts keep the port while it is free. */
  readonly port: number
  /** Called each time the host listens. */
  readonly onListening: (url: string, pid: number) => void
  /** Called when it is not started again: it never came to listen, or has ended by itself again and again. */
  readonly onGivenUp: (why: Error) => void
}

type Death = 'now' | 'in a turn'

const projectRoot = join(import.meta.dirname, '..', '..')

/** Starts in a row that never came to listen; then the host is broken, not killed. */
const mostFailedStarts = 3

/** Ends in a row that it chose itself soon after it listened, as where its state cannot be written: then it will again. */
const mostOwnEnds = 4
/** Milliseconds after which an end has nothing to do with the one before. */
const soon = 30_000
/** Milliseconds, each time longer: whoever is told may make room meanwhile. */
const pauseAfterOwnEnd = 400

/** The embedded host as a process of its own. It is started again whenever it dies, as a platform would. */
export class HostProcess {
  readonly #options: HostOptions
  readonly #log: WriteStream
  readonly #keys: string
  #child: ChildProcess | undefined
  #port: number
  #stopping = false
  #failedStarts = 0
  #ownEnds = 0
  #listeningSince: number | undefined
  #lastWords: string[] = []
  #ready = Promise.withResolvers<string>()

  constructor(options: HostOptions) {
    this.#options = options
    this.#port = options.port
    // The app's own routes ask for no key: the platform's sign-in stands before them.
    this.#keys = join(options.folder, 'keys.json')
    writeWhole(this.#keys, JSON.stringify({ master: randomUUID(), system: options.systemKey }))
    this.#log = createWriteStream(join(options.folder, 'host.log'), { flags: 'a' })
    this.#log.on('error', () => undefined) // on a full disk its lines are lost; the last ones are told
    this.#ready.promise.catch(() => undefined) // whoever asks for `ready` hears of it
  }

  /** Resolves to the base URL when the host listens; rejects when it cannot be started. */
  get ready(): Promise<string> {
    return this.#ready.promise
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  start(): Promise<string> {
    const { environment, folder, app = 'src/app.ts' } = this.#options
    const child = spawn(
      process.execPath,
      [
        '--import',
        './local/azure/keep-connections.ts',
        'local/host/main.ts',
        '--app',
        app,
        '--port',
        String(this.#port),
        '--state',
        hostStateIn(folder),
        '--keys',
        this.#keys,
        '--home',
        '/api/ui'
      ],
      { cwd: projectRoot, env: { ...inherited(), ...environment }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }
    )
    this.#child = child
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#heard(line))
    child.on('exit', (code) => this.#died(code))
    return this.ready
  }

  /** SIGKILL, as a power cut would. The next process goes on. */
  kill(): void {
    this.#child?.kill('SIGKILL')
  }

  /**
   * Its worker alone dies, now or as soon as it has a turn to play of an instance whose id begins with `of`. Resolves when it
   * has, with the instance whose turn it was; with undefined when the host is gone before.
   */
  loseWorker(when: Death, of = ''): Promise<string | undefined> {
    const child = this.#child
    return new Promise((resolve) => {
      if (!child?.connected) {
        resolve(undefined)
        return
      }
      child.once('exit', () => resolve(undefined))
      child.once('message', (said) => resolve((said as { workerLost: string }).workerLost)) // all it says: local/host/fate.ts
      child.send({ loseWorker: when, of }, () => undefined)
    })
  }

  async stop(): Promise<void> {
    this.#stopping = true
    const child = this.#child
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), 3_000)
      await gone
      clearTimeout(force)
    }
    this.#log.end()
  }

  #heard(line: string): void {
    if (!this.#stopping) this.#log.write(`${line}\n`)
    this.#lastWords = [...this.#lastWords.slice(-20), line]
    const url = /^listening (http:\/\/127\.0\.0\.1:(\d+))/.exec(line)
    if (!url?.[1]) return
    this.#port = Number(url[2])
    this.#failedStarts = 0
    this.#listeningSince = performance.now()
    this.#options.onListening(url[1], this.pid ?? 0)
    this.#ready.resolve(url[1])
  }

  /** `code` is null where it was killed. */
  #died(code: number | null): void {
    if (this.#stopping) return
    const listened = this.#listeningSince
    this.#listeningSince = undefined
    if (listened === undefined) this.#failedStarts += 1
    else this.#ownEnds = code === null || performance.now() - listened > soon ? 0 : this.#ownEnds + 1
    const words = this.#lastWords.join('\n')
    if (this.#failedStarts >= mostFailedStarts) return this.#giveUp(`The host does not start:\n${words}\n${mendIt}`)
    if (this.#ownEnds >= mostOwnEnds)
      return this.#giveUp(`The host has ended by itself ${String(mostOwnEnds)} times in a row:\n${words}\n` + mendIt)
    if (this.#failedStarts > 0) this.#port = this.#options.port // somebody else may have taken the one the system chose
    setTimeout(() => this.#startAgain(), this.#ownEnds * pauseAfterOwnEnd)
  }

  #startAgain(): void {
    if (!this.#stopping) void this.start()
  }

  #giveUp(message: string): void {
    const why = new Error(message)
    this.#ready.reject(why)
    this.#options.onGivenUp(why)
  }
}

const mendIt = 'Mend what it says and give the same command again: nothing that it has acknowledged is lost.'

/** What the host inherits: nothing that would lead it past the simulated Azure. */
function inherited(): Record<string, string> {
  const hidden = /^(https?_proxy|no_proxy|all_proxy|azure_|identity_|msi_|ckey_|node_options|node_extra_ca_certs)/i
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || hidden.test(name) ? [] : [[name, value]]
    )
  )
}
