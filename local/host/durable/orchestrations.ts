import type { Clock } from '../clock.ts'
import { type Log, messageOf } from '../log.ts'
import type { ActivityRow, Instance } from '../store/rows.ts'
import { isOver } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Write } from '../store/writes.ts'
import type { Work } from '../work.ts'
import type { Invoke } from '../worker/invoke.ts'
import { callOrchestrator } from './call-orchestrator.ts'
import type { Checkpoint } from './checkpoint.ts'
import { historyEvent } from './events.ts'
import type { FunctionsByName } from './functions.ts'
import { createInstance } from './instances.ts'
import { parseEvent, takeTurn, toJson } from './turn.ts'

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
  dispatch(activities: readonly ActivityRow[]): void
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
      if (!this.#stopped) this.#options.log({ level: 'error', source: 'host', message: `Instance "${id}" got no turn: ${messageOf(error)}` })
    } finally {
      this.#inTurn.delete(id)
      this.#pump()
    }
  }

  async #takeTurn(id: string): Promise<void> {
    const { store, clock, write, dispatch } = this.#options
    const instance = store.instance(id)
    const messages = store.messages(id, clock.now())
    if (messages.length === 0) return
    if (!instance) { await write(() => store.deleteMessagesOf(id)); return }

    const past = store.history(id)
    const now = Math.max(clock.now(), lastInstant(past))
    const checkpoint = await takeTurn({
      instance, past, messages, now,
      call: (played, recent) => this.#call(instance, played, recent),
      missing: (kind, name) => this.#missing(kind, name)
    })
    const { woken, activities } = await write(() => this.#apply(checkpoint, now))
    dispatch(activities)
    for (const one of woken) this.wake(one)
  }

  #call(instance: Instance, past: readonly string[], recent: readonly string[]): ReturnType<typeof callOrchestrator> {
    const { invoke, orchestrators } = this.#options
    const target = orchestrators.find(instance.name)
    if (target) return callOrchestrator(invoke, { target, instance, past, recent })
    return Promise.resolve({ isDone: false, actions: [], error: orchestrators.missing(instance.name, 'orchestrator') })
  }

  #missing(kind: 'activity' | 'sub-orchestration', name: string): string | undefined {
    const { orchestrators, activities } = this.#options
    const known = kind === 'activity' ? activities : orchestrators
    return known.find(name) ? undefined : known.missing(name, kind === 'activity' ? 'activity' : 'orchestrator')
  }

  /** One transaction. Says who is to be woken and which activities may start once it is on disk. */
  #apply(checkpoint: Checkpoint, now: number): { woken: string[], activities: ActivityRow[] } {
    const { store } = this.#options
    const { instance, execution, past, events, consumed, cancelledTimers, toParent, restart } = checkpoint
    const current = store.instance(instance.id)
    // Purged, or started anew, while the turn was being taken.
    if (current?.execution !== execution) return { woken: [], activities: [] }

    store.deleteMessages(consumed)
    if (events.length === 0 && !restart) return { woken: [], activities: [] }
    store.putInstance(instance)
    if (restart) return this.#restart(instance, execution, restart)
    store.appendHistory(instance.id, past, events.map(event => toJson(event, true)))
    store.deleteTimers(instance.id, cancelledTimers)
    const woken = this.#tellParent(instance, toParent, now)
    if (isOver(instance.status)) {
      store.deleteMessagesOf(instance.id)
      store.deleteActivitiesOf(instance.id)
      return { woken, activities: [] }
    }
    return this.#carryOut(checkpoint, now, woken)
  }

  #restart(instance: Instance, old: string, events: NonNullable<Checkpoint['restart']>): { woken: string[], activities: ActivityRow[] } {
    const { store } = this.#options
    store.replaceHistory(instance.id, [])
    store.deleteActivitiesOf(instance.id)
    store.deleteMessagesOf(instance.id, old)
    // Ahead of whatever arrived meanwhile, because an execution's first message has to be its start.
    for (const event of events) store.post({ instance: instance.id, execution: instance.execution, event: JSON.stringify(event), ordered: FIRST })
    return { woken: [instance.id], activities: [] }
  }

  #tellParent(instance: Instance, event: Checkpoint['toParent'], now: number): string[] {
    const { parent } = instance
    if (!event || !parent) return []
    this.#options.store.post({ instance: parent.id, execution: parent.execution, event: JSON.stringify(event), ordered: now })
    return [parent.id]
  }

  #carryOut({ instance, commands }: Checkpoint, now: number, woken: string[]): { woken: string[], activities: ActivityRow[] } {
    const { store, clock } = this.#options
    const activities: ActivityRow[] = []
    for (const command of commands) {
      if (command.kind === 'activity') {
        activities.push(store.addActivity({
          instance: instance.id, execution: instance.execution, task: command.id, name: command.name, input: JSON.stringify([command.input])
        }))
      } else if (command.kind === 'timer') {
        const fired = historyEvent('TimerFired', command.fireAt, { TimerId: command.id, FireAt: new Date(command.fireAt).toISOString() })
        store.post({ instance: instance.id, execution: instance.execution, event: JSON.stringify(fired), due: command.fireAt, ordered: command.fireAt, timer: command.id })
        if (command.fireAt <= clock.now()) woken.push(instance.id)
      } else {
        const parent = { id: instance.id, execution: instance.execution, task: command.id }
        const { instanceId: id, name, input, version } = command
        const created = createInstance(store, { id, name, version: version ?? instance.version, input: JSON.stringify(input), parent, now })
        if (created) woken.push(id)
        else this.#warnOfDuplicate(instance.id, id)
      }
    }
    return { woken, activities }
  }

  /** As with Azure Storage the second start is dropped, and the parent hears of no end (ext#746). */
  #warnOfDuplicate(parent: string, child: string): void {
    const message = `"${parent}" starts sub-orchestration "${child}", which is running already: the start is dropped. Give each child its own id.`
    this.#options.log({ level: 'warning', source: 'host', message })
  }
}

const FIRST = 0

function lastInstant(past: readonly string[]): number {
  const last = past.at(-1)
  return last === undefined ? 0 : Date.parse(parseEvent(last).Timestamp)
}
