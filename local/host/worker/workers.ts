import { type Log, messageOf } from '../log.ts'
import { runHooks } from './hooks.ts'
import { Life } from './life.ts'

export interface WorkersOptions {
  readonly log: Log
  /** Called at each death. */
  readonly lost: () => void
  /** Loads the app anew, its functions in the places of the old ones. */
  readonly load: () => Promise<void>
  /** Called when no other worker is started: it has died too often, or the app no longer loads. */
  readonly onGivenUp: () => void
}

/** Azure's limit, within half an hour; here, in the life of a host (Functions host, RpcFunctionInvocationDispatcher.cs). */
const MOST_DEATHS = 3

/** The worker and those that take its place: as Azure does, a host that has lost three gives up. */
export class Workers {
  #life = new Life(Promise.resolve())
  #deaths = 0
  readonly #options: WorkersOptions

  constructor(options: WorkersOptions) {
    this.#options = options
  }

  /** The worker that takes calls now. */
  get life(): Life {
    return this.#life
  }

  /** It is gone for good. */
  end(): void {
    this.#life.die()
  }

  /** Its process dies. What it ran has failed, and the next one takes the next calls. */
  async lose(): Promise<void> {
    const { log, lost, onGivenUp } = this.#options
    this.#deaths += 1
    lost()
    const last = this.#life
    const hasEnough = this.#deaths >= MOST_DEATHS
    this.#life = new Life(hasEnough ? new Promise(() => undefined) : last.ready.then(() => this.#reload()))
    last.die()
    log({ level: 'error', source: 'worker', message: `node exited with code 137 (0x89), death ${this.#deaths}` })
    if (hasEnough) {
      log({
        level: 'critical',
        source: 'host',
        message: 'The worker has died too often. The host stops; start another.'
      })
      onGivenUp()
    } else {
      await this.#life.ready
    }
  }

  async #reload(): Promise<void> {
    const { load, log, onGivenUp } = this.#options
    try {
      await load()
      await runHooks('appStart', { hookData: {} })
    } catch (error) {
      log({
        level: 'critical',
        source: 'host',
        message: `The app no longer loads: ${messageOf(error)}. The host stops.`
      })
      onGivenUp()
      await new Promise(() => undefined)
    }
  }
}
