import type { Clock } from '../clock.ts'
import { type Log, messageOf } from '../log.ts'
import type { ActivityRow } from '../store/rows.ts'
import type { Work } from '../work.ts'
import type { ExtraInputs, Invoke } from '../worker/invoke.ts'
import { jsonOf, type RpcData, textData } from '../worker/rpc.ts'
import { triggerOf } from '../worker/supported.ts'
import { historyEvent, type HistoryEvent } from './events.ts'
import type { FunctionsByName } from './functions.ts'

export interface ActivitiesOptions {
  readonly clock: Clock
  readonly work: Work
  readonly log: Log
  readonly invoke: Invoke
  readonly functions: FunctionsByName
  /** Durable clients that the function has among its inputs. */
  readonly extraInputs: ExtraInputs
  readonly maxConcurrent: number
  /** Called with the end of an activity, which is to be recorded. */
  readonly deliver: (activity: ActivityRow, end: HistoryEvent) => void
}

/** Runs activities, oldest first. One runs again after a crash only if its result was not recorded. */
export class Activities {
  readonly #options: ActivitiesOptions
  #queue: ActivityRow[] = []
  #running = 0
  #stopped = false

  constructor(options: ActivitiesOptions) {
    this.#options = options
  }

  dispatch(activities: readonly ActivityRow[]): void {
    this.#queue.push(...activities)
    this.#pump()
  }

  stop(): void {
    this.#stopped = true
    this.#queue = []
  }

  #pump(): void {
    while (!this.#stopped && this.#running < this.#options.maxConcurrent) {
      const next = this.#queue.shift()
      if (!next) return
      this.#running += 1
      void this.#options.work.during(() => this.#run(next))
    }
  }

  async #run(activity: ActivityRow): Promise<void> {
    try {
      this.#options.deliver(activity, await this.#outcome(activity))
    } finally {
      this.#running -= 1
      this.#pump()
    }
  }

  async #outcome({ instance, name, input, task }: ActivityRow): Promise<HistoryEvent> {
    const { functions, invoke, clock, log, extraInputs } = this.#options
    try {
      const target = functions.find(name)
      if (!target) throw new Error(functions.missing(name, 'activity'))
      const { returnValue } = await invoke({
        target,
        inputs: [{ name: triggerOf(target).name, data: argument(input) }, ...extraInputs(target)],
        triggerMetadata: { instanceId: textData(instance) }
      })
      return historyEvent('TaskCompleted', clock.now(), { TaskScheduledId: task, Result: jsonOf(returnValue) })
    } catch (error) {
      log({ level: 'warning', source: name, message: `failed for instance "${instance}": ${messageOf(error)}` })
      return historyEvent('TaskFailed', clock.now(), { TaskScheduledId: task, ...failure(name, error) })
    }
  }
}

/** `input`: a JSON list of one. It goes as text, which `@azure/functions` parses where it can; null is undefined. */
function argument(input: string): RpcData {
  const [value] = JSON.parse(input) as unknown[]
  if (value === null || value === undefined) return {}
  if (typeof value === 'boolean') return textData(value ? 'True' : 'False') // as .NET writes it; seen of the real host
  return typeof value === 'string' ? textData(value) : { json: JSON.stringify(value, throughDotNet) }
}

/** Seen of the real host, whose JSON library keeps no number beyond 64 bits and takes `$type` for a name of its own. */
function throughDotNet(key: string, value: unknown): unknown {
  if (key === '$type') return undefined
  if (typeof value !== 'number' || Math.abs(value) <= longest) return value
  return value > 0 ? longest : -longest
}

/** What is next to the largest whole number of 64 bits. */
const longest = 2 ** 63

function failure(name: string, error: unknown): { Reason: string; Details: string; FailureDetails?: unknown } {
  const message = messageOf(error)
  const details = structuredFailure(message)
  return {
    Reason: `Activity function '${name}' failed: ${details?.ErrorMessage ?? message}`,
    Details: (error instanceof Error && error.stack) || message,
    ...(details && { FailureDetails: details })
  }
}

interface FailureDetails {
  readonly ErrorType: string
  readonly ErrorMessage: string
  readonly StackTrace: string | null
  readonly IsNonRetriable: boolean
  readonly Properties: unknown
  readonly InnerFailure: null
}

/** With an exception-properties provider `durable-functions` throws JSON (its ExceptionPropertiesProvider.ts). */
function structuredFailure(message: string): FailureDetails | undefined {
  if (!message.startsWith('{"errorType":')) return undefined
  try {
    const details = JSON.parse(message) as Record<string, unknown>
    const { errorType, errorMessage, stackTrace, isNonRetriable, properties } = details
    return {
      ErrorType: String(errorType),
      ErrorMessage: String(errorMessage),
      StackTrace: typeof stackTrace === 'string' ? stackTrace : null,
      IsNonRetriable: isNonRetriable === true,
      Properties: properties ?? null,
      InnerFailure: null
    }
  } catch {
    return undefined
  }
}
