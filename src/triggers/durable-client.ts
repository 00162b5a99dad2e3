import { getClient, OrchestrationRuntimeStatus, type DurableOrchestrationStatus } from 'durable-functions'
import type { InvocationContext } from '@azure/functions'
import type { At, Orchestration, ShapesOf } from '../contracts/orchestration.ts'
import type { Orchestrators } from '../contracts/orchestrations.ts'

interface InstanceReport<Input, Status> {
  readonly id: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly input: Input
  /** Null before the first turn. */
  readonly customStatus: Status | null
}

/** One instance as the extension reports it, typed by the contract it was asked for with. */
export type Instance<Input, Output, Status = null> = InstanceReport<Input, Status> &
  (
    | { readonly state: 'completed'; readonly output: Output }
    | { readonly state: 'live' | 'failed' | 'terminated'; readonly output: unknown }
  )

/** An instance of an orchestration of the list. */
export type InstanceOf<Key extends keyof Orchestrators> = Instance<
  ShapesOf<Orchestrators[Key]>['input'],
  ShapesOf<Orchestrators[Key]>['output'],
  ShapesOf<Orchestrators[Key]>['status']
>

export interface RaisedEvent {
  readonly event: string
  /** ISO 8601 UTC */
  readonly at: string
  readonly data: unknown
}

/** The only file that touches `DurableClient`. Its management URLs, which carry an app-wide key, stay inside. */
export interface Orchestrations {
  /** False: this instance is live already. A finished one would be overwritten, so look first. */
  start<Input>(at: At<Input, unknown, unknown>, input: NoInfer<Input>): Promise<boolean>
  /** Undefined where there is no such instance. */
  find<Input, Output, Status>(at: At<Input, Output, Status>): Promise<Instance<Input, Output, Status> | undefined>
  /** All instances of an orchestration, oldest first. */
  list<Input, Output, Status>(
    of: ListedOrchestration<Input, Output, Status>,
    which: 'live' | 'all'
  ): Promise<Instance<Input, Output, Status>[]>
  raise(id: string, event: string, data: unknown): Promise<void>
  /** What was ever raised to an instance, oldest first: its history keeps it. */
  raised(id: string): Promise<RaisedEvent[]>
  /** Forgets what has ended, was made before the moment and has an id that starts with one of these; says how many. */
  forget(prefixes: readonly string[], before: string): Promise<number>
  /** Ends an instance and forgets it. */
  withdraw(at: At<unknown, unknown, unknown>, reason: string): Promise<void>
}

/** An orchestration whose instances are listed; their keys do not matter. */
type ListedOrchestration<Input, Output, Status> = Pick<Orchestration<Input, Output, Status, never>, 'prefix' | 'at'>

export function orchestrationsOf(context: InvocationContext): Orchestrations {
  const client = getClient(context)
  const find: Orchestrations['find'] = async ({ id }) => {
    try {
      const status = await client.getStatus(id, { showInput: true })
      return isWithdrawn(status) ? undefined : instanceOf(status)
    } catch (error) {
      if (isNotFound(error)) return undefined // the SDK has no other way to say it
      throw error
    }
  }
  return {
    find,
    start: async (at, input) => {
      try {
        await client.startNew(at.name, { instanceId: at.id, input })
        return true
      } catch (error) {
        const there = await find(at)
        if (there?.state === 'live') return false
        throw error
      }
    },
    list: async <Input, Output, Status>(
      { prefix }: ListedOrchestration<Input, Output, Status>,
      which: 'live' | 'all'
    ) => {
      const statuses = await client.getStatusBy({ runtimeStatus: which === 'live' ? live : everyStatus })
      return statuses
        .filter((status) => status.instanceId.startsWith(prefix) && !isWithdrawn(status))
        .map((status) => instanceOf<Input, Output, Status>(status))
        .sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1))
    },
    raise: (id, event, data) => client.raiseEvent(id, event, data),
    raised: async (id) => {
      const history = await historyOf(context, id)
      return history
        .filter(({ EventType }) => EventType === 'EventRaised')
        .map(({ Name = '', Timestamp, Input = 'null' }) => ({
          event: Name,
          at: new Date(Timestamp).toISOString(),
          data: parsed(Input)
        }))
    },
    forget: async (prefixes, before) => {
      const ended = await client.getStatusBy({ createdTimeTo: new Date(before), runtimeStatus: endedStatus })
      const old = ended.filter(({ instanceId }) => prefixes.some((prefix) => instanceId.startsWith(prefix)))
      for (const { instanceId } of old) await client.purgeInstanceHistory(instanceId)
      return old.length
    },
    withdraw: async (at, reason) => {
      await client.terminate(at.id, `${withdrawn}${reason}`)
      for (const pause of pausesForEndMs) {
        if ((await find(at))?.state !== 'live') break
        await new Promise((resume) => setTimeout(resume, pause))
      }
      await client.purgeInstanceHistory(at.id)
    }
  }
}

/**
 * Asks the extension itself, where the client asks it: the client looks for a history under `history`, and the extension
 * answers with `historyEvents` (its HttpApiHandler.cs), so that none ever arrives.
 */
async function historyOf(context: InvocationContext, id: string): Promise<readonly HistoryRow[]> {
  const input = context.options.extraInputs.find(({ type }) => type === 'durableClient')
  const { rpcBaseUrl = '' } = input ? (context.extraInputs.get(input) as { rpcBaseUrl?: string }) : {}
  const response = await fetch(
    new URL(`instances/${encodeURIComponent(id)}?showHistory=true&showInput=true`, rpcBaseUrl)
  )
  const { historyEvents = [] } = (await response.json()) as { historyEvents?: readonly HistoryRow[] }
  return historyEvents
}

/** A row of history as the extension shows it, as far as it is read; the data of an event as its input, and as text. */
interface HistoryRow {
  readonly EventType: string
  readonly Timestamp: string
  readonly Name?: string
  readonly Input?: string
}

/** What is purged while an activity of it runs comes back when that ends: it is known by why it was ended, and started over. */
const isWithdrawn = ({ runtimeStatus, output }: DurableOrchestrationStatus): boolean =>
  runtimeStatus === OrchestrationRuntimeStatus.Terminated && typeof output === 'string' && output.startsWith(withdrawn)

const withdrawn = 'withdrawn: '

/** Termination is a message to the instance: it takes a moment. */
const pausesForEndMs = [50, 100, 200, 400, 800, 1600]

const live = [
  OrchestrationRuntimeStatus.Pending,
  OrchestrationRuntimeStatus.Running,
  OrchestrationRuntimeStatus.ContinuedAsNew,
  OrchestrationRuntimeStatus.Suspended
]
const endedStatus = [
  OrchestrationRuntimeStatus.Completed,
  OrchestrationRuntimeStatus.Failed,
  OrchestrationRuntimeStatus.Terminated,
  OrchestrationRuntimeStatus.Canceled
]
const everyStatus = [...live, ...endedStatus]

const ended: Readonly<Partial<Record<string, Reportable>>> = {
  Completed: 'completed',
  Failed: 'failed',
  Terminated: 'terminated',
  Canceled: 'terminated'
}

type Reportable = Instance<unknown, unknown>['state']

/** Nothing but `start` makes instances, and it takes what the contract says; what they give is held by their code's type. */
function instanceOf<Input, Output, Status>(status: DurableOrchestrationStatus): Instance<Input, Output, Status> {
  return {
    id: status.instanceId,
    state: ended[status.runtimeStatus] ?? 'live',
    createdAt: new Date(status.createdTime).toISOString(),
    updatedAt: new Date(status.lastUpdatedTime).toISOString(),
    input: (typeof status.input === 'string' ? parsed(status.input) : status.input) as Input,
    output: status.output as Output,
    customStatus: status.customStatus as Status | null
  }
}

const isNotFound = (error: unknown): boolean => error instanceof Error && error.message.includes('HTTP 404')

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
