import { getClient, OrchestrationRuntimeStatus, type DurableOrchestrationStatus } from 'durable-functions'
import type { InvocationContext } from '@azure/functions'

/** One orchestration as the extension reports it. */
export interface Instance {
  readonly id: string
  readonly name: string
  readonly state: 'live' | 'completed' | 'failed' | 'terminated'
  readonly createdAt: string
  readonly updatedAt: string
  readonly input: unknown
  readonly output: unknown
  readonly customStatus: unknown
}

export interface RaisedEvent {
  readonly event: string
  /** ISO 8601 UTC */
  readonly at: string
  readonly data: unknown
}

/** The only file that touches `DurableClient`. Its management URLs, which carry an app-wide key, stay inside. */
export interface Orchestrations {
  /** False: an instance of this id is live already. A finished one would be overwritten, so look first. */
  start(name: string, id: string, input: unknown): Promise<boolean>
  /** Undefined where no such instance exists. */
  find(id: string): Promise<Instance | undefined>
  /** All instances whose id starts with the prefix, oldest first. */
  list(prefix: string, which: 'live' | 'all'): Promise<Instance[]>
  raise(id: string, event: string, data: unknown): Promise<void>
  /** What was ever raised to an instance, oldest first: its history keeps it. */
  raised(id: string): Promise<RaisedEvent[]>
  /** Forgets what has ended, was made before the moment and has an id that starts with one of these; says how many. */
  forget(prefixes: readonly string[], before: string): Promise<number>
  /** Ends an instance and forgets it. */
  withdraw(id: string, reason: string): Promise<void>
}

export function orchestrationsOf(context: InvocationContext): Orchestrations {
  const client = getClient(context)
  const find = async (id: string): Promise<Instance | undefined> => {
    try {
      return instanceOf(await client.getStatus(id, { showInput: true }))
    } catch (error) {
      if (isNotFound(error)) return undefined // the SDK has no other way to say it
      throw error
    }
  }
  return {
    find,
    start: async (name, id, input) => {
      try {
        await client.startNew(name, { instanceId: id, input })
        return true
      } catch (error) {
        const there = await find(id)
        if (there?.state === 'live') return false
        throw error
      }
    },
    list: async (prefix, which) => {
      const statuses = await client.getStatusBy({ runtimeStatus: which === 'live' ? live : everyStatus })
      return statuses
        .filter((status) => status.instanceId.startsWith(prefix))
        .map(instanceOf)
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
    withdraw: async (id, reason) => {
      await client.terminate(id, reason)
      for (let look = 0; look < looksForEnd && (await find(id))?.state === 'live'; look++) {
        await new Promise((resume) => setTimeout(resume, betweenLooksMs))
      }
      await client.purgeInstanceHistory(id)
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

/** Termination is a message to the instance: it takes a moment. */
const looksForEnd = 60
const betweenLooksMs = 50

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

const ended: Readonly<Partial<Record<string, Instance['state']>>> = {
  Completed: 'completed',
  Failed: 'failed',
  Terminated: 'terminated',
  Canceled: 'terminated'
}

function instanceOf(status: DurableOrchestrationStatus): Instance {
  return {
    id: status.instanceId,
    name: status.name,
    state: ended[status.runtimeStatus] ?? 'live',
    createdAt: new Date(status.createdTime).toISOString(),
    updatedAt: new Date(status.lastUpdatedTime).toISOString(),
    input: typeof status.input === 'string' ? parsed(status.input) : status.input,
    output: status.output,
    customStatus: status.customStatus
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
