import { getClient } from 'durable-functions'
import type { InvocationContext } from '@azure/functions'
import { z } from 'zod'
import type { At, Orchestration } from '../contracts/orchestration.ts'
import { quoted } from '../domain/terms/fault.ts'
import type { Sighting } from '../domain/ledger/takeover.ts'
export type { Instance, InstanceOf } from './instance.ts'
import { endedStatuses, instanceOf, shownInstance, sightingOf, type Instance, type ShownInstance } from './instance.ts'

/** The only file that touches `DurableClient`. Its management URLs, which carry an app-wide key, stay inside. */
export interface Orchestrations {
  /** Of the task hub. */
  readonly hub: string
  /** False: this instance is live already. A finished one would be overwritten, so look first. */
  start<Input>(at: At<Input, unknown, unknown>, input: NoInfer<Input>): Promise<boolean>
  /** Undefined where there is no such instance. */
  find<Input, Output, Status>(at: At<Input, Output, Status>): Promise<Instance<Input, Output, Status> | undefined>
  /** What the engine says of an instance, there or not, whatever version it is of. */
  sight(at: At<unknown, unknown, unknown>): Promise<Sighting>
  /** A page of the instances of an orchestration, by their ids. */
  list<Input, Output, Status>(
    of: ListedOrchestration<Input, Output, Status>,
    page?: PageOf
  ): Promise<PageOfInstances<Input, Output, Status>>
  /** All of them, page by page: where a prefix keeps them few. */
  all<Input, Output, Status>(
    of: ListedOrchestration<Input, Output, Status>,
    under: string
  ): Promise<Instance<Input, Output, Status>[]>
  /** False: there is no such instance. One that is over hears nothing, either. */
  raise(id: string, event: string, data: unknown): Promise<boolean>
  terminate(id: string, reason: string): Promise<void>
  /** Forgets what has ended, was made before the moment and has an id that starts with one of these; says how many. */
  forget(prefixes: readonly string[], before: string): Promise<number>
}

/** An orchestration whose instances are listed; their keys do not matter. */
type ListedOrchestration<Input, Output, Status> = Pick<Orchestration<Input, Output, Status, never>, 'prefix' | 'at'>

interface PageOf {
  /** At most so many; there may be fewer though more follow. */
  readonly top?: number
  /** What the page before said. */
  readonly continuation?: string | undefined
}

interface PageOfInstances<Input, Output, Status> {
  readonly items: readonly Instance<Input, Output, Status>[]
  /** Absent on the last page. */
  readonly continuation?: string
}

export function orchestrationsOf(context: InvocationContext): Orchestrations {
  const client = getClient(context)
  const engine = engineOf(context)
  const find: Orchestrations['find'] = async ({ id }) => {
    const shown = await engine.one(soundId(id))
    return shown && instanceOf(shown)
  }
  return {
    hub: engine.hub,
    find,
    start: async (at, input) => {
      try {
        await client.startNew(at.name, { instanceId: soundId(at.id), input })
        return true
      } catch (error) {
        const there = await find(at)
        if (there?.state === 'live') return false
        throw error
      }
    },
    sight: async ({ id, name }) => {
      const shown = await engine.one(soundId(id), { showInput: false })
      return shown ? sightingOf(shown, name) : { state: 'absent' }
    },
    list: async ({ prefix }, page = {}) => {
      const { shown, continuation } = await engine.page({ prefix, ...page })
      return { items: shown.map((each) => instanceOf(each)), ...(continuation !== undefined && { continuation }) }
    },
    all: async ({ prefix }, under) => {
      const shown = await everyPage(engine, { prefix: `${prefix}${under}` })
      return shown.map((each) => instanceOf(each))
    },
    raise: async (id, event, data) => {
      try {
        await client.raiseEvent(soundId(id), event, data)
        return true
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('No instance with ID')) return false // the client's only way to say it
        throw error
      }
    },
    // The client puts the reason into the address as it is.
    terminate: (id, reason) => client.terminate(soundId(id), encodeURIComponent(reason)),
    forget: async (prefixes, before) => {
      let forgotten = 0
      for (const prefix of prefixes) {
        const old = await everyPage(engine, { prefix, createdBefore: before, statuses: endedStatuses })
        for (const { instanceId } of old) await client.purgeInstanceHistory(soundId(instanceId))
        forgotten += old.length
      }
      return forgotten
    }
  }
}

/**
 * The client puts ids into addresses as they are, so that one with a slash or dots would be another's. Ids are made by rule
 * (src/contracts/orchestration.ts), of what a schema has passed: one that is not so is a mistake of this app.
 */
function soundId(id: string): string {
  if (id.length <= 100 && /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(id)) return id
  throw new Error(`${quoted(id)} is no id of an instance. Hold what it is made of to a schema before it comes here.`)
}

/** What is asked of the extension itself, because the client has no name for it, or keeps what it answers to itself. */
interface Engine {
  readonly hub: string
  one(id: string, which?: { readonly showInput: boolean }): Promise<ShownInstance | undefined>
  page(query: InstanceQuery): Promise<{ readonly shown: readonly ShownInstance[]; readonly continuation?: string }>
}

interface InstanceQuery extends PageOf {
  /** Of ids. */
  readonly prefix: string
  readonly createdBefore?: string
  readonly statuses?: readonly string[]
}

/**
 * The binding says how the hub is called, and where the extension listens for its clients (BindingHelper.cs, and
 * OrchestrationClientInputData.js of durable-functions). What it answers there: "HTTP API reference", Get instance status and Get
 * all instances status, https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api
 */
function engineOf(context: InvocationContext): Engine {
  const input = context.options.extraInputs.find(({ type }) => type === 'durableClient')
  const { rpcBaseUrl, taskHubName } = binding.parse(input && context.extraInputs.get(input))
  const ask = async (path: string, headers: Record<string, string> = {}): Promise<Response> => {
    const response = await fetch(new URL(path, rpcBaseUrl), { headers, signal: AbortSignal.timeout(engineTimeoutMs) })
    if (response.ok || response.status === 404) return response
    throw new Error(
      `The Durable extension answered ${String(response.status)} to a look at ${path.split('?', 1)[0] ?? ''}. Look at its storage, and at the log of the host.`
    )
  }
  return {
    hub: taskHubName,
    one: async (id, { showInput } = { showInput: true }) => {
      const response = await ask(`instances/${encodeURIComponent(id)}?showInput=${String(showInput)}`)
      return response.status === 404 ? undefined : readableOr(id, await response.json())
    },
    page: async ({ prefix, top = usualPage, continuation, createdBefore, statuses = [] }) => {
      const query = new URLSearchParams({ instanceIdPrefix: prefix, top: String(top) })
      if (createdBefore !== undefined) query.set('createdTimeTo', createdBefore)
      if (statuses.length > 0) query.set('runtimeStatus', statuses.join(','))
      const response = await ask(
        `instances/?${query.toString()}`,
        continuation === undefined ? {} : { [continuationHeader]: continuation }
      )
      const items = z.array(z.looseObject({ instanceId: z.string() })).parse(await response.json())
      const next = response.headers.get(continuationHeader) ?? ''
      return {
        shown: items
          .filter(({ instanceId }) => instanceId.startsWith(prefix))
          .map((each) => readableOr(each.instanceId, each)),
        ...(next !== '' && { continuation: next })
      }
    }
  }
}

const binding = z.object({ rpcBaseUrl: z.url(), taskHubName: z.string() })

const continuationHeader = 'x-ms-continuation-token'
const usualPage = 100
const engineTimeoutMs = 20_000

async function everyPage(engine: Engine, query: InstanceQuery): Promise<ShownInstance[]> {
  const all: ShownInstance[] = []
  for (let continuation: string | undefined; ; ) {
    const page = await engine.page({ ...query, continuation })
    all.push(...page.shown)
    if (page.continuation === undefined) return all
    continuation = page.continuation
  }
}

/** What does not fit is there all the same, and nothing of it is believed. */
function readableOr(id: string, answer: unknown): ShownInstance {
  const read = shownInstance.safeParse(answer)
  const never = new Date(0).toISOString()
  return read.success
    ? read.data
    : {
        name: '',
        instanceId: id,
        runtimeStatus: '',
        createdTime: never,
        lastUpdatedTime: never,
        input: undefined,
        output: undefined,
        customStatus: undefined
      }
}
