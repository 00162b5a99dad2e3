import type { Clock } from '../clock.ts'
import { type Log, messageOf } from '../log.ts'
import { type ActivityRow, type Instance, isOver } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Write } from '../store/writes.ts'
import type { Watch } from '../moments.ts'
import type { Work } from '../work.ts'
import type { Call } from '../worker/invoke.ts'
import type { OrchestratorState } from './actions.ts'
import { applyCheckpoint, type Consequences } from './apply-checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { callOrchestrator } from './call-orchestrator.ts'
import type { Endings } from './endings.ts'
import type { HistoryEvent } from './events.ts'
import { Execution } from './execution.ts'
import { Executions } from './executions.ts'
import type { FunctionsByName } from './functions.ts'
import type { Ghosts } from './ghosts.ts'
import { type Delivery, Inbox, inOrder, record } from './inbox.ts'
import { addWithStart } from './instances.ts'
import { firstDelivery, type Start, Starts } from './starts.ts'
import { type TurnRefusal, takeTurn } from './turn.ts'
import { Turns } from './turns.ts'
import { mayRun, type VersionRule } from './versions.ts'

export interface OrchestrationsOptions {
  readonly store: Store
  readonly write: Write
  readonly clock: Clock
  readonly work: Work
  readonly log: Log
  readonly call: Call
  readonly watch: Watch | undefined
  readonly orchestrators: FunctionsByName
  readonly activities: FunctionsByName
  readonly endings: Endings
  readonly versions: VersionRule
  readonly maxConcurrent: number
  /** Called with activities whose scheduling is on disk. */
  readonly dispatch: (activities: readonly ActivityRow[]) => void
  /** Told of an instance that is over and has not completed. */
  readonly died: () => void
  readonly ghosts: Ghosts
}

/** Gives turns to orchestrations that have been told something. */
export class Orchestrations {
  readonly #options: OrchestrationsOptions
  readonly #executions: Executions
  readonly #inbox = new Inbox()
  readonly #starts = new Starts()
  readonly #turns: Turns
  /** Calls that nobody will ever answer, of which was told. */
  readonly #hopeless = new Set<string>()
  #promotedUntil = Number.NEGATIVE_INFINITY

  constructor(options: OrchestrationsOptions) {
    const { store, work, maxConcurrent } = options
    this.#options = options
    this.#executions = new Executions(store)
    this.#turns = new Turns({ work, maxConcurrent, take: (id, played) => this.#turn(id, played) })
  }

  /** There may be messages for this instance. */
  wake(instance: string): void {
    this.#turns.ask(instance)
  }

  /** Resolves when a new instance is on disk, mostly with its first turn; with false when one of its id is live. */
  async begin(instance: Instance): Promise<boolean> {
    const status = this.#options.store.status(instance.id)
    if (status !== undefined && !isOver(status)) return false
    const started = this.#starts.add(instance, () => this.wake(instance.id))
    if (this.#turns.stopped) this.#recordAll()
    return started
  }

  /** The end of an activity: recorded with the turn that it leads to. */
  deliver(activity: ActivityRow, event: HistoryEvent): void {
    this.#inbox.add(activity, event, this.#options.clock.now())
    if (this.#turns.stopped) this.#recordAll()
    else this.wake(activity.instance)
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
    this.#turns.stop()
    this.#recordAll()
  }

  async #turn(id: string, played: () => void): Promise<void> {
    const start = this.#starts.take(id)
    const results = this.#inbox.take(id)
    const fresh = start ? [firstDelivery(start.instance), ...results] : results
    try {
      await this.#takeTurn({ id, start, fresh }, played)
    } catch (error) {
      if (!this.#turns.stopped) this.#say('error', `Instance "${id}" got no turn: ${messageOf(error)}`)
      if (start) this.#recordStart(start)
      this.#record(id, results)
    }
  }

  async #takeTurn({ id, start, fresh }: Turn, played: () => void): Promise<void> {
    const { store, clock, write } = this.#options
    const deliveries = start ? fresh : inOrder(store.messages(id, clock.now()), fresh)
    if (deliveries.length === 0) return
    const execution = start ? new Execution(start.instance, []) : this.#executions.take(id)
    if (!execution) return this.#forgetLate(id, fresh)
    if (this.#isLeftAlone(execution)) return this.#leaveAlone(start, id, fresh)

    const checkpoint = await takeTurn({
      execution,
      deliveries,
      now: Math.max(clock.now(), lastInstant(execution.history)),
      call: (recent) => this.#call(execution, recent),
      isKnown: (kind, name) => this.#isKnown(id, kind, name)
    })
    played()
    const turned = { checkpoint, isNew: start !== undefined, now: clock.now() }
    const consequences = await write(() => applyCheckpoint(store, turned))
    if (consequences.applied)
      await this.#options.watch?.({ kind: 'commits', name: execution.instance.name, instance: id })
    start?.tell(consequences.applied)
    this.#goOn(execution, checkpoint, consequences)
  }

  #goOn(execution: Execution, checkpoint: Checkpoint, consequences: Consequences): void {
    const { applied, activities, woken, duplicates } = consequences
    const { dispatch, endings, died } = this.#options
    const { id, status } = checkpoint.instance
    const isEnd = isOver(status)
    if (applied && checkpoint.restart === undefined && !isEnd) {
      execution.goOn(checkpoint)
      this.#executions.keep(execution)
    }
    dispatch(activities)
    for (const one of woken) this.wake(one)
    for (const child of duplicates) this.#warnOfDuplicate(id, child)
    if (isEnd) endings.tell(id)
    if (isEnd && status !== 'Completed') died()
  }

  async #call(execution: Execution, recent: readonly HistoryEvent[]): Promise<OrchestratorState | TurnRefusal> {
    const { call, orchestrators, versions } = this.#options
    const { instance, history } = execution
    if (!mayRun(instance.version, versions)) return { refused: mismatch(instance, versions) }
    const target = orchestrators.find(instance.name)
    const isReplaying = history.length > 0
    if (target) return callOrchestrator(call, { target, instance, history: execution.toldWith(recent), isReplaying })
    return { refused: orchestrators.missing(instance.name, 'orchestrator') }
  }

  #isKnown(caller: string, kind: 'activity' | 'sub-orchestration', name: string): boolean {
    const { orchestrators, activities, died } = this.#options
    const known = kind === 'activity' ? activities : orchestrators
    if (known.find(name)) return true
    const call = `${caller} ${kind} ${name}`
    if (this.#hopeless.has(call)) return false
    this.#hopeless.add(call)
    const why = known.missing(name, kind === 'activity' ? 'activity' : 'orchestrator')
    this.#say('error', `"${caller}" waits for ever: ${why}`)
    died()
    return false
  }

  /** What comes for an instance that is not there. */
  #forgetLate(id: string, results: readonly Delivery[]): Promise<void> {
    const { store, write, ghosts } = this.#options
    return write(() => {
      store.deleteMessagesOf(id)
      store.deleteActivities(results.flatMap(({ activity }) => activity ?? []))
      if (results.length > 0) ghosts.comeBack(store, id)
    })
  }

  #isLeftAlone({ instance }: Execution): boolean {
    const { versions } = this.#options
    if (versions.failureStrategy === 'Fail' || isOver(instance.status) || mayRun(instance.version, versions))
      return false
    this.#say('warning', `"${instance.id}" gets no turn: ${mismatch(instance, versions)}`)
    return true
  }

  #leaveAlone(start: Start | undefined, id: string, results: readonly Delivery[]): void {
    if (start) this.#recordStart(start)
    this.#record(id, results)
  }

  /** What no turn will take in. */
  #recordAll(): void {
    for (const start of this.#starts.takeAll()) this.#recordStart(start)
    for (const [instance, deliveries] of this.#inbox.takeAll()) this.#record(instance, deliveries)
  }

  #record(instance: string, deliveries: readonly Delivery[]): void {
    const { write, store } = this.#options
    write(() => record(store, instance, deliveries)).catch((error: unknown) =>
      this.#say('error', `Results for instance "${instance}" could not be recorded: ${messageOf(error)}`)
    )
  }

  #recordStart({ instance, tell, fail }: Start): void {
    const { write, store } = this.#options
    write(() => addWithStart(store, instance)).then(tell, fail)
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

interface Turn {
  readonly id: string
  /** Set for the first turn of an instance that has no row yet. */
  readonly start: Start | undefined
  /** What comes to it without a row. */
  readonly fresh: readonly Delivery[]
}

function mismatch({ version }: Instance, { defaultVersion, matchStrategy }: VersionRule): string {
  return (
    `Its version is ${version ?? 'none'}, and this host runs ${defaultVersion} (${matchStrategy}). ` +
    'Run a host of its version, or change versionMatchStrategy in host.json.'
  )
}

function lastInstant(past: readonly HistoryEvent[]): number {
  const last = past.at(-1)
  return last === undefined ? 0 : Date.parse(last.Timestamp)
}
