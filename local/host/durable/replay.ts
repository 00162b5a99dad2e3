import { type Action, ActionType, type OrchestratorState, type RetryOptions } from './actions.ts'
import { type Command, difference } from './commands.ts'
import { EventWaiters } from './event-waiters.ts'
import { EventType, type HistoryEvent } from './events.ts'
import { longTimer } from './long-timer.ts'
import { all, any, Pending } from './pending.ts'
import { retry } from './retry.ts'

export interface ReplayOf {
  readonly instanceId: string
  readonly parentInstanceId: string | undefined
  readonly executionId: string
  /** Old rows, then the new ones. */
  readonly events: readonly HistoryEvent[]
  readonly state: OrchestratorState
}

export interface Replayed {
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
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'continued-as-new'; readonly input: unknown; readonly carriedOver: readonly HistoryEvent[] }

/**
 * Plays history against the actions of an orchestrator as the extension does (OutOfProcOrchestrationShim.cs over
 * DurableTask.Core's TaskOrchestrationContext.cs): one action after the other, each begun when the one before has
 * settled, numbered as they begin. What is begun and has no row in history is new.
 */
export function replay(input: ReplayOf): Replayed {
  const run = new Replay(input)
  try {
    for (const event of input.events) run.handle(event)
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error
    return { commands: [], cancelledTimers: [], ending: { kind: 'failed', error: error.message }, nextId: run.nextId }
  }
  return run.outcome()
}

/** An orchestration that cannot go on; the message becomes its output. */
class ReplayError extends Error {}

class Replay {
  nextId = 0
  readonly #input: ReplayOf
  readonly #commands = new Map<number, Command>()
  readonly #open = new Map<number, Pending>()
  readonly #cancelled: number[] = []
  readonly #waiters = new EventWaiters()
  readonly #whileSuspended: HistoryEvent[] = []
  readonly #heldBack = new Map<number, Command>()
  readonly #carriedOver: HistoryEvent[] = []
  #now = 0
  #suspended = false
  #walked = false
  #continueWith: { readonly input: unknown } | undefined

  constructor(input: ReplayOf) {
    this.#input = input
  }

  handle(event: HistoryEvent): void {
    if (event.EventType === EventType.OrchestratorStarted) {
      this.#now = Date.parse(event.Timestamp)
    } else if (this.#suspended && event.EventType !== EventType.ExecutionResumed) {
      if (event.EventType !== EventType.ExecutionSuspended) this.#whileSuspended.push(event)
    } else {
      this.#play(event)
    }
  }

  outcome(): Replayed {
    const commands = [...this.#commands.values()].toSorted((a, b) => a.id - b.id)
    // A timer nobody cancelled keeps an orchestration alive to its end, as do activities nobody waited for.
    const ending = this.#walked && this.#open.size === 0 ? this.#ending() : undefined
    return { commands, cancelledTimers: this.#cancelled, ending, nextId: this.nextId }
  }

  #ending(): Ending | undefined {
    const { error, isDone } = this.#input.state
    if (error !== undefined) return { kind: 'failed', error }
    if (this.#continueWith) return { kind: 'continued-as-new', ...this.#continueWith, carriedOver: this.#carriedOver }
    return isDone ? { kind: 'completed' } : undefined
  }

  #play(event: HistoryEvent): void {
    switch (event.EventType) {
      case EventType.ExecutionStarted:
        return this.#walk(this.#input.state.actions.flat(), 0)
      case EventType.TaskScheduled:
      case EventType.TimerCreated:
      case EventType.SubOrchestrationInstanceCreated:
        return this.#matchRow(event)
      case EventType.EventRaised:
        return this.#raise(event)
      case EventType.ExecutionSuspended:
        return this.#suspend()
      case EventType.ExecutionResumed:
        return this.#resume()
      default:
        return this.#settle(event)
    }
  }

  #walk(actions: readonly Action[], from: number): void {
    for (let index = from; index < actions.length; index += 1) {
      const action = actions[index]
      const task = action && this.#begin(action)
      if (task?.state === 'running') {
        task.whenSettled(() => this.#walk(actions, index + 1))
        return
      }
    }
    this.#walked = true
  }

  #begin(action: Action): Pending {
    const { retryOptions, compoundActions = [] } = action
    switch (action.actionType) {
      case ActionType.CallActivity:
        return this.#activity(action)
      case ActionType.CallActivityWithRetry:
        return this.#retried(retryOptions, () => this.#activity(action))
      case ActionType.CallSubOrchestrator:
        return this.#subOrchestration(action)
      case ActionType.CallSubOrchestratorWithRetry:
        return this.#retried(retryOptions, () => this.#subOrchestration(action))
      case ActionType.CreateTimer:
        return this.#longTimer(action)
      case ActionType.WaitForExternalEvent:
        return this.#waiters.wait(action.externalEventName ?? '')
      case ActionType.WhenAll:
        return all(compoundActions.map(one => this.#begin(one)))
      case ActionType.WhenAny:
        return any(compoundActions.map(one => this.#begin(one)))
      case ActionType.ContinueAsNew:
        return this.#continueAsNew(action.input)
      default:
        throw new ReplayError(unsupported(action.actionType))
    }
  }

  #activity({ functionName: name = '', input = null }: Action): Pending {
    return this.#schedule({ kind: 'activity', id: this.nextId, name, input })
  }

  #subOrchestration({ functionName: name = '', input = null, version, instanceId }: Action): Pending {
    const { instanceId: own, parentInstanceId, executionId } = this.#input
    if (instanceId && [own, parentInstanceId].some(id => id?.toLowerCase() === instanceId.toLowerCase())) {
      throw new ReplayError(
        `Sub-orchestration "${name}" has the id "${instanceId}" of its parent. Give it an id of its own.`
      )
    }
    const id = this.nextId
    // Without an id of its own a child is named after its parent's execution and its place in it, as DurableTask does.
    const child = instanceId || `${executionId}:${id}`
    return this.#schedule({
      kind: 'sub-orchestration',
      id,
      name,
      instanceId: child,
      input,
      ...(version && { version })
    })
  }

  #retried(options: RetryOptions | undefined, attempt: () => Pending): Pending {
    if (!options) throw new ReplayError('A call with retry has no retry options. Give it df.RetryOptions.')
    return retry({ options, attempt, now: () => this.#now, timer: fireAt => this.#timer(fireAt, false) })
  }

  #longTimer({ fireAt = '', isCanceled = false }: Action): Pending {
    const timer = (until: number): Pending => this.#timer(until, isCanceled)
    return longTimer({ end: Date.parse(fireAt), isCanceled, now: () => this.#now, timer })
  }

  #timer(fireAt: number, isCanceled: boolean): Pending {
    const id = this.nextId
    const task = this.#schedule({ kind: 'timer', id, fireAt })
    if (isCanceled) {
      this.#cancelled.push(id)
      this.#open.delete(id)
      task.settle('completed')
    }
    return task
  }

  #schedule(command: Command): Pending {
    const task = new Pending()
    this.nextId = command.id + 1
    this.#commands.set(command.id, command)
    this.#open.set(command.id, task)
    return task
  }

  #continueAsNew(input: unknown = null): Pending {
    this.#continueWith = { input }
    const done = new Pending()
    done.settle('completed')
    return done
  }

  #matchRow(event: HistoryEvent): void {
    const fault = difference(event, this.#commands.get(event.EventId))
    if (fault !== undefined) throw new ReplayError(fault)
    this.#commands.delete(event.EventId)
  }

  /** Ends of tasks and timers; no other event names what was scheduled. */
  #settle({ EventType: type, TaskScheduledId, TimerId }: HistoryEvent): void {
    const id = TaskScheduledId ?? TimerId
    const task = id === undefined ? undefined : this.#open.get(id)
    if (id === undefined || !task) return
    this.#open.delete(id)
    const isFailure = type === EventType.TaskFailed || type === EventType.SubOrchestrationInstanceFailed
    task.settle(isFailure ? 'failed' : 'completed')
  }

  #raise(event: HistoryEvent): void {
    if (this.#continueWith) this.#carriedOver.push(event)
    else this.#waiters.raise(event.Name ?? '')
  }

  #suspend(): void {
    this.#suspended = true
    for (const [id, command] of this.#commands) this.#heldBack.set(id, command)
    this.#commands.clear()
  }

  #resume(): void {
    this.#suspended = false
    for (const [id, command] of this.#heldBack) this.#commands.set(id, command)
    this.#heldBack.clear()
    for (const event of this.#whileSuspended.splice(0)) this.handle(event)
  }
}

function unsupported(actionType: number): string {
  const name = Object.entries(ActionType).find(([, number]) => number === actionType)?.[0] ?? `action ${actionType}`
  return `The embedded host does not carry out ${name}. Use an activity instead, or run the app on Azure Functions.`
}
