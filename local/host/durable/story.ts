import { type Action, ActionType, type RetryOptions } from './actions.ts'
import type { EventWaiters } from './event-waiters.ts'
import { longTimer } from './long-timer.ts'
import { all, any, Pending } from './pending.ts'
import { ReplayError } from './replay-error.ts'
import { retry } from './retry.ts'
import { sameActions } from './same-actions.ts'
import type { Schedule } from './schedule.ts'

export interface StoryOf {
  readonly instanceId: string
  readonly parentInstanceId: string | undefined
  readonly executionId: string
  readonly isKnown: IsKnown
}

/** Whether there is a function to call. */
export type IsKnown = (kind: 'activity' | 'sub-orchestration', name: string) => boolean

export interface StoryOptions extends StoryOf {
  readonly schedule: Schedule
  readonly waiters: EventWaiters
  /** The orchestration's own time, in milliseconds since 1970. */
  readonly now: () => number
}

/** The actions of one orchestration, each begun when the one before it has settled. */
export class Story {
  continueWith: { readonly input: unknown } | undefined
  readonly #options: StoryOptions
  #actions: readonly Action[] = []
  #at = 0

  constructor(options: StoryOptions) {
    this.#options = options
  }

  /** True when every action told so far has settled. */
  get ended(): boolean {
    return this.#at >= this.#actions.length
  }

  /**
   * Whether `actions` only add to what was told before. They do not when code or the state of a timer has changed, or
   * when the new ones would have been begun earlier than now: then all of history has to be played again.
   */
  goesOnWith(actions: readonly Action[]): boolean {
    if (this.ended && actions.length > this.#actions.length) return false
    return sameActions(this.#actions, actions)
  }

  /** From now on `actions` are what the orchestrator tells. */
  tell(actions: readonly Action[]): void {
    this.#actions = actions
  }

  go(): void {
    for (; this.#at < this.#actions.length; this.#at += 1) {
      const action = this.#actions[this.#at]
      const task = action && this.#call(action)
      if (task?.state === 'running') {
        task.whenSettled(() => {
          this.#at += 1
          this.go()
        })
        return
      }
    }
  }

  #call(action: Action): Pending {
    return this.#isRefused(action) ? refused() : this.#begin(action)
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
        return this.#options.waiters.wait(action.externalEventName ?? '')
      case ActionType.WhenAll:
        return all(compoundActions.map((one) => this.#call(one)))
      case ActionType.WhenAny:
        return any(compoundActions.map((one) => this.#call(one)))
      case ActionType.ContinueAsNew:
        return this.#continueAsNew(action.input)
      default:
        throw new ReplayError(unsupported(action.actionType))
    }
  }

  #isRefused({ actionType, functionName = '', instanceId: child }: Action): boolean {
    const { instanceId, parentInstanceId, isKnown } = this.#options
    if (activityCalls.has(actionType)) return !isKnown('activity', functionName)
    if (!childCalls.has(actionType)) return false
    const isAncestor = [instanceId, parentInstanceId].some((id) => id?.toLowerCase() === child?.toLowerCase())
    return (Boolean(child) && isAncestor) || !isKnown('sub-orchestration', functionName)
  }

  #activity({ functionName: name = '', input }: Action): Pending {
    const { schedule } = this.#options
    return schedule.begin({ kind: 'activity', id: schedule.nextId, name, input: toJson(input) })
  }

  #subOrchestration({ functionName: name = '', input, version, instanceId }: Action): Pending {
    const { executionId, schedule } = this.#options
    const id = schedule.nextId
    // Without an id of its own a child is named after its parent's execution and its place in it, as DurableTask does.
    const child = instanceId || `${withDashes(executionId)}:${id}`
    const command = { kind: 'sub-orchestration', id, name, instanceId: child, input: toJson(input) } as const
    return schedule.begin({ ...command, ...(version && { version }) })
  }

  #retried(options: RetryOptions | undefined, attempt: () => Pending): Pending {
    if (!options) throw new ReplayError('A call with retry has no retry options. Give it df.RetryOptions.')
    return retry({ options, attempt, now: this.#options.now, timer: (fireAt) => this.#timer(fireAt, false) })
  }

  #longTimer({ fireAt = '', isCanceled = false }: Action): Pending {
    const timer = (until: number): Pending => this.#timer(until, isCanceled)
    return longTimer({ end: new Date(fireAt).getTime(), isCanceled, now: this.#options.now, timer })
  }

  #timer(fireAt: number, isCanceled: boolean): Pending {
    const { schedule } = this.#options
    const id = schedule.nextId
    const task = schedule.begin({ kind: 'timer', id, fireAt })
    if (isCanceled) schedule.cancel(id)
    return task
  }

  #continueAsNew(input: unknown = null): Pending {
    this.continueWith = { input }
    const done = new Pending()
    done.settle('completed')
    return done
  }
}

const activityCalls = new Set<number>([ActionType.CallActivity, ActionType.CallActivityWithRetry])
const childCalls = new Set<number>([ActionType.CallSubOrchestrator, ActionType.CallSubOrchestratorWithRetry])

/**
 * What the extension throws at such a call it does not hear itself (OutOfProcOrchestrationShim.cs, ProcessAsyncActionsV2):
 * the call was never made, and the orchestrator waits for it for ever.
 */
function refused(): Pending {
  const never = new Pending()
  never.settle('failed')
  return never
}

const withDashes = (guid: string): string => guid.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

/** What is not JSON, such as undefined, is sent as null. */
function toJson(input: unknown): string {
  return JSON.stringify(input ?? null) ?? 'null'
}

function unsupported(actionType: number): string {
  const name = Object.entries(ActionType).find(([, number]) => number === actionType)?.[0] ?? `action ${actionType}`
  return `The embedded host does not carry out ${name}. Use an activity instead, or run the app on Azure Functions.`
}
