import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { isOver, type Instance } from '../store/rows.ts'
import type { Watch } from '../moments.ts'
import type { Store } from '../store/store.ts'
import type { Write } from '../store/writes.ts'
import { type EventTypeName, historyEvent, type HistoryEvent } from './events.ts'
import type { FunctionsByName } from './functions.ts'
import type { Ghosts } from './ghosts.ts'
import { pendingInstance } from './instances.ts'
import { rewindHistory } from './rewind.ts'

export interface ControlOptions {
  readonly store: Store
  readonly write: Write
  readonly clock: Clock
  readonly watch: Watch | undefined
  readonly orchestrators: FunctionsByName
  readonly defaultVersion: string | null
  readonly wake: (instance: string) => void
  /** Resolves when a new instance is on disk; with false when one of its id is live. */
  readonly begin: (instance: Instance) => Promise<boolean>
  /** Told of an instance that is no more and had not completed. */
  readonly died: () => void
  readonly ghosts: Ghosts
}

export interface StartRequest {
  readonly name: string
  /** Chosen when empty. */
  readonly id?: string
  /** JSON text; none when null. */
  readonly input: string | null
  readonly version?: string | undefined
}

/** `done`, or why not: there is no such instance, or it is in the wrong state. */
export type Outcome = 'done' | 'not-found' | 'over' | 'not-failed' | 'suspended'

/** A start that cannot be: the message says what to change. */
export class BadStart extends Error {}
/** A start on the id of an instance that is live. */
export class AlreadyRunning extends Error {}

/** What durable clients may do to instances. Resolves when it is on disk. */
export class Control {
  readonly #options: ControlOptions

  constructor(options: ControlOptions) {
    this.#options = options
  }

  /** The instance's id. */
  async start({ name, id: wanted = '', input, version }: StartRequest): Promise<string> {
    const { clock, orchestrators, defaultVersion, begin } = this.#options
    const fault = faultOfId(wanted)
    if (fault !== undefined) throw new BadStart(fault)
    const id = wanted || randomUUID().replaceAll('-', '')
    const now = clock.now()
    const created = await begin(
      pendingInstance({
        id,
        name: orchestrators.find(name)?.name ?? name,
        version: version ?? defaultVersion,
        input,
        now
      })
    )
    if (!created)
      throw new AlreadyRunning(
        `An orchestration with the instance id "${id}" is live. Wait for its end, or choose another id.`
      )
    return id
  }

  /** `data` is a JSON text. */
  raise(id: string, name: string, data: string): Promise<Outcome> {
    return this.#tell(id, 'EventRaised', { Name: name, Input: data })
  }

  terminate(id: string, reason: string | null): Promise<Outcome> {
    return this.#tell(id, 'ExecutionTerminated', { Input: reason })
  }

  suspend(id: string, reason: string | null): Promise<Outcome> {
    return this.#tell(id, 'ExecutionSuspended', { Reason: reason ?? '' })
  }

  resume(id: string, reason: string | null): Promise<Outcome> {
    return this.#tell(id, 'ExecutionResumed', { Reason: reason ?? '' })
  }

  /** A failed instance goes on from before its failure: what failed in it is done again. */
  async rewind(id: string, reason: string | null): Promise<Outcome> {
    const { store, write, clock } = this.#options
    const woken: string[] = []
    const outcome = await write((): Outcome => {
      const instance = store.instance(id)
      if (!instance) return 'not-found'
      if (instance.status !== 'Failed') return 'not-failed'
      woken.push(...rewindHistory(store, instance, reason ?? '', clock.now()))
      return 'done'
    })
    for (const one of woken) this.#options.wake(one)
    return outcome
  }

  /** The id of an instance that runs the same orchestrator on the same input; undefined without one to restart. */
  async restart(id: string, withNewId: boolean): Promise<string | undefined> {
    const instance = this.#options.store.instance(id)
    if (!instance) return undefined
    const { name, input } = instance
    return this.start({ name, input, ...(!withNewId && { id }) })
  }

  /** How many instances were deleted: those that are over. */
  async purge(select: (instance: Instance) => boolean, ids: readonly string[] | undefined): Promise<number> {
    const { store, write, died, ghosts } = this.#options
    const purged = await write(() => {
      const found = ids
        ? ids.flatMap((id) => store.instance(id) ?? [])
        : store.instances({ limit: Number.MAX_SAFE_INTEGER })
      const over = found.filter((instance) => isOver(instance.status) && select(instance))
      for (const instance of over) {
        ghosts.note(store, instance)
        store.deleteInstance(instance.id)
      }
      return over
    })
    if (purged.some(({ status }) => status !== 'Completed')) died()
    return purged.length
  }

  async #tell(id: string, type: EventTypeName, fields: Partial<HistoryEvent>): Promise<Outcome> {
    const { store, write, clock, watch, wake } = this.#options
    await watch?.({ kind: 'hears', name: type, instance: id })
    const outcome = await write((): Outcome => {
      const instance = store.instance(id)
      if (!instance) return 'not-found'
      if (isOver(instance.status)) return 'over'
      if (type === 'ExecutionSuspended' && instance.status === 'Suspended') return 'suspended'
      const now = clock.now()
      store.post({
        instance: id,
        execution: null,
        event: JSON.stringify(historyEvent(type, now, fields)),
        ordered: now
      })
      return 'done'
    })
    if (outcome !== 'done') return outcome
    await watch?.({ kind: 'keeps', name: type, instance: id })
    wake(id)
    return outcome
  }
}

/** What has been seen of starts over HTTP: `@id` and `a#b` are taken. */
function faultOfId(id: string): string | undefined {
  if (/[/\\?\u0000-\u001f\u007f-\u009f]/.test(id))
    return `The instance id "${id}" holds /, \\, ? or a control character. Leave those out.`
  return id.length > 256 ? `The instance id has ${id.length} characters. Use at most 256.` : undefined
}
