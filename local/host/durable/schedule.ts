import { type Command, difference } from './commands.ts'
import { EventType, type HistoryEvent } from './events.ts'
import { Pending } from './pending.ts'
import { NonDeterminism } from './replay-error.ts'

/** What an orchestration has begun: numbered in the order of its beginning, as DurableTask numbers it. */
export class Schedule {
  nextId = 0
  readonly #open = new Map<number, Pending>()
  readonly #unrecorded = new Map<number, Command>()
  readonly #heldBack = new Map<number, Command>()
  #cancelled: number[] = []

  /** True when nothing that was begun is still to end. */
  get idle(): boolean {
    return this.#open.size === 0
  }

  begin(command: Command): Pending {
    const task = new Pending()
    this.nextId = command.id + 1
    this.#unrecorded.set(command.id, command)
    this.#open.set(command.id, task)
    return task
  }

  /** A timer that was given up counts as over at once. */
  cancel(id: number): void {
    this.#cancelled.push(id)
    const task = this.#open.get(id)
    this.#open.delete(id)
    task?.settle('completed')
  }

  /** A row that says what was begun has to agree with what is begun now. Throws a NonDeterminism. */
  matchRow(event: HistoryEvent): void {
    const fault = difference(event, this.#unrecorded.get(event.EventId))
    if (fault !== undefined) throw new NonDeterminism(event, fault)
    this.#unrecorded.delete(event.EventId)
  }

  /** The end of a task or timer; no other row names what was begun. */
  settle({ EventType: type, TaskScheduledId, TimerId }: HistoryEvent): void {
    const id = TaskScheduledId ?? TimerId
    const task = id === undefined ? undefined : this.#open.get(id)
    if (id === undefined || !task) return
    this.#open.delete(id)
    const isFailure = type === EventType.TaskFailed || type === EventType.SubOrchestrationInstanceFailed
    task.settle(isFailure ? 'failed' : 'completed')
  }

  /** What a suspended orchestration was about to begin waits for its resumption. */
  holdBack(): void {
    move(this.#unrecorded, this.#heldBack)
  }

  letGo(): void {
    move(this.#heldBack, this.#unrecorded)
  }

  /** What has no row yet, by number, and the timers given up; the next call leaves both out. */
  take(): { commands: Command[]; cancelledTimers: number[] } {
    const taken = {
      commands: [...this.#unrecorded.values()].sort((a, b) => a.id - b.id),
      cancelledTimers: this.#cancelled
    }
    this.#unrecorded.clear()
    this.#cancelled = []
    return taken
  }
}

function move(from: Map<number, Command>, to: Map<number, Command>): void {
  for (const [id, command] of from) to.set(id, command)
  from.clear()
}
