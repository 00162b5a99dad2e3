import type { Clock } from '../clock.ts'
import { type Log, messageOf } from '../log.ts'
import type { ActivityRow, Instance } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Write } from '../store/writes.ts'
import type { Work } from '../work.ts'
import type { Invoke } from '../worker/invoke.ts'
import type { OrchestratorState } from './actions.ts'
import { applyCheckpoint } from './apply-checkpoint.ts'
import { callOrchestrator } from './call-orchestrator.ts'
import type { FunctionsByName } from './functions.ts'
import { parseEvent } from './history-json.ts'
import { takeTurn } from './turn.ts'

export interface OrchestrationsOptions {
  readonly store: Store
  readonly write: Write
  readonly clock: Clock
  readonly work: Work
  readonly log: Log
  readonly invoke: Invoke
  readonly orchestrators: FunctionsByName
  readonly activities: FunctionsByName
  readonly maxConcurrent: number
  /** Called with activities whose scheduling is on disk. */
  readonly dispatch: (activities: readonly ActivityRow[]) => void
}

/** Gives turns to orchestrations that have been told something: many at once, each instance one at a time. */
export class Orchestrations {
  readonly #options: OrchestrationsOptions
  readonly #ready = new Set<string>()
  readonly #inTurn = new Set<string>()
  #stopped = false
  #promotedUntil = Number.NEGATIVE_INFINITY

  constructor(options: OrchestrationsOptions) {
    this.#options = options
  }

  /** There may be messages for this instance. */
  wake(instance: string): void {
    this.#ready.add(instance)
    this.#pump()
  }

  /** Wakes whoever's timer is due. True when there was anybody. */
  promote(): boolean {
    const now = this.#options.clock.now()
    const due = this.#options.store.instancesDue(this.#promotedUntil, now)
    this.#promotedUntil = now
    for (const instance of due) this.wake(instance)
    return due.length > 0
  }

  /** The earliest durable timer that `promote` has not come to. */
  nextDue(): number | undefined {
    return this.#options.store.nextDue(this.#promotedUntil)
  }

  stop(): void {
    this.#stopped = true
  }

  #pump(): void {
    for (const instance of this.#ready) {
      if (this.#stopped || this.#inTurn.size >= this.#options.maxConcurrent) return
      if (this.#inTurn.has(instance)) continue
      this.#ready.delete(instance)
      this.#inTurn.add(instance)
      void this.#options.work.during(() => this.#turn(instance))
    }
  }

  async #turn(id: string): Promise<void> {
    try {
      await this.#takeTurn(id)
    } catch (error) {
      if (!this.#stopped) this.#say('error', `Instance "${id}" got no turn: ${messageOf(error)}`)
    } finally {
      this.#inTurn.delete(id)
      this.#pump()
    }
  }

  async #takeTurn(id: string): Promise<void> {
    const { store, clock, write, dispatch } = this.#options
    const messages = store.messages(id, clock.now())
    if (messages.length === 0) return
    const instance = store.instance(id)
    if (!instance) return write(() => store.deleteMessagesOf(id))

    const past = store.history(id)
    const checkpoint = await takeTurn({
      instance,
      past,
      messages,
      now: Math.max(clock.now(), lastInstant(past)),
      call: (played, recent) => this.#call(instance, played, recent),
      missing: (kind, name) => this.#missing(kind, name)
    })
    const { woken, activities, duplicates } = await write(() => applyCheckpoint(store, checkpoint, clock.now()))
    dispatch(activities)
    for (const one of woken) this.wake(one)
    for (const child of duplicates) this.#warnOfDuplicate(id, child)
  }

  async #call(instance: Instance, past: readonly string[], recent: readonly string[]): Promise<OrchestratorState> {
    const { invoke, orchestrators } = this.#options
    const target = orchestrators.find(instance.name)
    if (target) return callOrchestrator(invoke, { target, instance, past, recent })
    return { isDone: false, actions: [], error: orchestrators.missing(instance.name, 'orchestrator') }
  }

  #missing(kind: 'activity' | 'sub-orchestration', name: string): string | undefined {
    const { orchestrators, activities } = this.#options
    const known = kind === 'activity' ? activities : orchestrators
    return known.find(name) ? undefined : known.missing(name, kind === 'activity' ? 'activity' : 'orchestrator')
  }

  /** As with Azure Storage the second start is dropped, and the parent hears of no end (ext#746). */
  #warnOfDuplicate(parent: string, child: string): void {
    this.#say(
      'warning',
      `"${parent}" starts sub-orchestration "${child}", which is live: dropped. Give each child its own id.`
    )
  }

  #say(level: 'warning' | 'error', message: string): void {
    this.#options.log({ level, source: 'host', message })
  }
}

function lastInstant(past: readonly string[]): number {
  const last = past.at(-1)
  return last === undefined ? 0 : Date.parse(parseEvent(last).Timestamp)
}
