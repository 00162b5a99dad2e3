import type { Action, OrchestratorState } from './actions.ts'
import type { Command } from './commands.ts'
import { EventWaiters } from './event-waiters.ts'
import { EventType, type HistoryEvent } from './events.ts'
import { NonDeterminism, ReplayError } from './replay-error.ts'
import { Schedule } from './schedule.ts'
import { Story, type StoryOf } from './story.ts'

export interface ReplayResult {
  /** What history does not hold yet, by sequence number. */
  readonly commands: readonly Command[]
  /** Sequence numbers of timers that the orchestrator has given up. */
  readonly cancelledTimers: readonly number[]
  readonly ending: Ending | undefined
  /** The next free sequence number. */
  readonly nextId: number
}

export type Ending =
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly error: string; readonly contradicts?: HistoryEvent }
  | { readonly kind: 'continued-as-new'; readonly input: unknown; readonly carriedOver: readonly HistoryEvent[] }

/**
 * Plays history against the actions of an orchestrator as the extension does (OutOfProcOrchestrationShim.cs over
 * DurableTask.Core's TaskOrchestrationContext.cs): one action after the other, each begun when the one before has
 * settled, numbered as they begin. What is begun and has no row in history is new.
 *
 * The extension plays all of history in every turn. Where that gives the same, this one goes on from where it was.
 */
export class Replay {
  readonly #schedule = new Schedule()
  readonly #waiters = new EventWaiters()
  readonly #story: Story
  readonly #carriedOver: HistoryEvent[] = []
  #whileSuspended: HistoryEvent[] = []
  #suspended = false
  #now = 0

  constructor(of: StoryOf) {
    this.#story = new Story({ ...of, schedule: this.#schedule, waiters: this.#waiters, now: () => this.#now })
  }

  /** False when all of history has to be played again to give what the extension gives. */
  goesOnWith(actions: readonly Action[]): boolean {
    return this.#story.goesOnWith(actions)
  }

  /** `events`: what has come since the last call. `actions`: those of before, and the new ones. */
  play(events: readonly HistoryEvent[], actions: readonly Action[], state: OrchestratorState): ReplayResult {
    try {
      this.#story.tell(actions)
      for (const event of events) this.#handle(event)
    } catch (error) {
      if (!(error instanceof ReplayError)) throw error
      return this.#contradicted(error)
    }
    // A timer nobody cancelled keeps an orchestration alive to its end, as do activities nobody waited for.
    const ending = this.#story.ended && this.#schedule.idle ? this.#ending(state) : undefined
    return { ...this.#schedule.take(), ending, nextId: this.#schedule.nextId }
  }

  /** DurableTask stores, and carries out, what was begun up to the row that differs (TaskOrchestrationExecutor.cs 199-202). */
  #contradicted(error: ReplayError): ReplayResult {
    const isContradiction = error instanceof NonDeterminism
    const commands = isContradiction ? this.#schedule.take().commands : []
    const ending: Ending = {
      kind: 'failed',
      error: error.message,
      ...(isContradiction && { contradicts: error.row })
    }
    return { commands, cancelledTimers: [], ending, nextId: this.#schedule.nextId }
  }

  #ending({ error, isDone }: OrchestratorState): Ending | undefined {
    const { continueWith } = this.#story
    if (error !== undefined) return { kind: 'failed', error }
    if (continueWith) return { kind: 'continued-as-new', ...continueWith, carriedOver: this.#carriedOver }
    return isDone ? { kind: 'completed' } : undefined
  }

  #handle(event: HistoryEvent): void {
    if (event.EventType === EventType.OrchestratorStarted) {
      this.#now = Date.parse(event.Timestamp)
    } else if (this.#suspended && event.EventType !== EventType.ExecutionResumed) {
      if (event.EventType !== EventType.ExecutionSuspended) this.#whileSuspended.push(event)
    } else {
      this.#play(event)
    }
  }

  #play(event: HistoryEvent): void {
    switch (event.EventType) {
      case EventType.ExecutionStarted:
        return this.#story.go()
      case EventType.TaskScheduled:
      case EventType.TimerCreated:
      case EventType.SubOrchestrationInstanceCreated:
        return this.#schedule.matchRow(event)
      case EventType.EventRaised:
        return this.#raise(event)
      case EventType.ExecutionSuspended:
        this.#suspended = true
        return this.#schedule.holdBack()
      case EventType.ExecutionResumed:
        return this.#resume()
      default:
        return this.#schedule.settle(event)
    }
  }

  #raise(event: HistoryEvent): void {
    if (this.#story.continueWith) this.#carriedOver.push(event)
    else this.#waiters.raise(event.Name ?? '')
  }

  #resume(): void {
    this.#suspended = false
    this.#schedule.letGo()
    const missed = this.#whileSuspended
    this.#whileSuspended = []
    for (const event of missed) this.#handle(event)
  }
}
