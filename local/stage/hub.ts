import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { isOver, type RuntimeStatus } from '../host/store/rows.ts'
import { emptyHub } from '../host/store/open.ts'
import { Store } from '../host/store/store.ts'
import type { Cuts } from './cuts.ts'
import type { StageHost } from './stage-host.ts'

export interface HubOptions {
  readonly state: DatabaseSync
  readonly host: StageHost
  readonly cuts: Cuts
  /** Opens the extension's management API. */
  readonly systemKey: string
}

/**
 * The stage's task hub as fate and whoever runs the app can lay hands on it. All of it goes by the host's own ways, so
 * that what is left behind is what the real extension leaves.
 *
 *     await stage.hub.fail('onboarding.acme.g1') // the worker dies in its turn: Failed for ever, as row 1 says
 *     await stage.hub.terminate(id, 'by hand')   // as in the portal; `purge` then takes it out of the hub
 *     await stage.hub.delete()                   // every instance is gone, the records are not
 *
 * At a point of choice, e.g. inside an activity after its effect: `stage.cuts.at(fits, 'worker')`.
 */
export class Hub {
  readonly #options: HubOptions
  readonly #store: Store

  constructor(options: HubOptions) {
    this.#options = options
    this.#store = new Store(options.state)
  }

  /** Undefined when there is no such instance. */
  status(id: string): RuntimeStatus | undefined {
    return this.#store.status(id)
  }

  /** Ids of instances, in order; of all when there is no prefix. */
  ids(prefix = ''): string[] {
    return this.#store.instances({ prefix, limit: Number.MAX_SAFE_INTEGER }).map(({ id }) => id)
  }

  /**
   * Gives a live instance a turn and has the worker die in it. The instance is then `Failed` for ever, and so is any other
   * whose turn is under way; activities under way fail. Resolves when it is so.
   */
  async fail(id: string): Promise<void> {
    const instance = this.#store.instance(id)
    if (!instance || isOver(instance.status))
      throw new Error(`Instance "${id}" is not live: ${String(instance?.status)}.`)
    const turn = `begins ${instance.name} (${id})`
    this.#options.cuts.at(({ name }) => name === turn, 'worker')
    try {
      await this.#ask(id, 'POST', 'raiseEvent/nobody-waits-for-this', '{}')
    } catch (error) {
      if (this.status(id) !== 'Failed') throw error // it may have had a turn of its own meanwhile
    }
    while (this.status(id) !== 'Failed') await sleep(1)
  }

  /** Asks for its end, which its next turn brings. Resolves when it is over. */
  async terminate(id: string, reason: string): Promise<void> {
    await this.#ask(id, 'POST', `terminate?reason=${encodeURIComponent(reason)}`)
    for (let status = this.status(id); status !== undefined && !isOver(status); status = this.status(id)) await sleep(1)
  }

  /** Takes an instance that is over, with its history, out of the hub. */
  async purge(id: string): Promise<void> {
    await this.#ask(id, 'DELETE', '')
  }

  /** Somebody deletes the whole hub while the app runs: the host goes down, and the next one finds no instance at all. */
  async delete(): Promise<void> {
    const { host, state } = this.#options
    await host.ready
    host.kill(() => emptyHub(state))
    await host.ready
  }

  async #ask(id: string, method: string, operation: string, body?: string): Promise<void> {
    const url = new URL(`/runtime/webhooks/durabletask/instances/${id}/${operation}`, await this.#options.host.ready)
    url.pathname = url.pathname.replace(/\/$/, '')
    url.searchParams.set('code', this.#options.systemKey)
    const answer = await fetch(url, { method, headers: { 'content-type': 'application/json' }, body: body ?? null })
    if (!answer.ok)
      throw new Error(`${method} ${operation} of "${id}" was answered ${answer.status}: ${await answer.text()}`)
  }
}
