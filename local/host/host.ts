import { realClock, type Clock, skippingClock } from './clock.ts'
import { Activities } from './durable/activities.ts'
import { createApi } from './durable/api.ts'
import { clientBinding, WEBHOOK_PATH } from './durable/client-binding.ts'
import { Control } from './durable/control.ts'
import { FunctionsByName } from './durable/functions.ts'
import { Orchestrations } from './durable/orchestrations.ts'
import { readHostJson } from './host-json.ts'
import { callHttp } from './http/call-http.ts'
import type { Answer, Exchange } from './http/exchange.ts'
import { signIn } from './http/principal.ts'
import { compileRoutes, findRoute } from './http/routes.ts'
import { listen } from './http/server.ts'
import { keepGoing } from './keep-going.ts'
import { type Log, messageOf, stderrLog } from './log.ts'
import { lockState } from './store/lock.ts'
import { openDatabase } from './store/open.ts'
import { Store } from './store/store.ts'
import { createWriter } from './store/writes.ts'
import { createEventGridWebhook, EVENT_GRID_PATH } from './triggers/event-grid.ts'
import { Timers } from './triggers/timers.ts'
import { Work } from './work.ts'
import { installFunctionsCore } from './worker/install.ts'
import { createInvoker, runHooks } from './worker/invoke.ts'
import { collectFunctions, type RegisteredFunction } from './worker/registry.ts'
import type { RpcData } from './worker/rpc.ts'
import { unsupportedBindings } from './worker/supported.ts'

export interface HostOptions {
  /** Registers the app's functions. */
  load(): unknown
  readonly stateFile: string
  /** 0, the default, lets the system choose. */
  readonly port?: number
  /** `skip` jumps to the next durable timer whenever nothing is runnable. Default `real`. */
  readonly clock?: 'real' | 'skip' | Clock
  /** The content of host.json. */
  readonly hostJson?: unknown
  /** App settings; the process's environment when absent. */
  readonly settings?: Readonly<Record<string, string | undefined>>
  readonly log?: Log
  /** Told when the state file can no longer be written: the host is useless from then on. */
  onFailure?(error: unknown): void
}

export interface Host {
  readonly port: number
  /** As in `http://127.0.0.1:7071`. */
  readonly url: string
  readonly clock: Clock
  /** Takes no more work, waits up to `graceMs` for what is under way, and closes the file. State is on disk anyway. */
  stop(graceMs?: number): Promise<void>
}

/** Runs an app of Azure Functions programming model v4, with Durable Functions, in this process. */
export async function startHost(options: HostOptions): Promise<Host> {
  const lock = lockState(options.stateFile)
  try {
    return await start(options, lock.release)
  } catch (error) {
    lock.release()
    throw error
  }
}

const GRACE_MS = 2000

async function start(options: HostOptions, release: () => void): Promise<Host> {
  const log = options.log ?? stderrLog('information')
  const settings = options.settings ?? process.env
  const setting = (name: string): string | undefined => settings[name]
  const { routePrefix, hubName, defaultVersion, maxConcurrentActivities, maxConcurrentOrchestrators } = readHostJson(options.hostJson, setting)

  installFunctionsCore()
  const functions = await loadFunctions(options.load)
  const database = openDatabase(options.stateFile)
  const store = new Store(database)
  const { write, flush } = createWriter(database, error => {
    log({ level: 'critical', source: 'host', message: `The state file cannot be written: ${messageOf(error)}` })
    options.onFailure?.(error)
  })
  const clock = createClock(options.clock ?? 'real', store, offset => write(() => store.setMeta('clock-offset-ms', String(offset))))
  const work = new Work()
  const invoke = createInvoker(log)
  const activityFunctions = new FunctionsByName(functions, 'activitytrigger')
  const orchestrators = new FunctionsByName(functions, 'orchestrationtrigger')
  let origin = ''
  const extraInputs = (target: RegisteredFunction): { name: string, data: RpcData }[] => durableClients(target, clientBinding(origin, hubName))
  const shared = { store, write, clock, work, log, invoke, extraInputs }

  const activities: Activities = new Activities({
    ...shared, functions: activityFunctions, maxConcurrent: maxConcurrentActivities, wake: id => orchestrations.wake(id)
  })
  const orchestrations = new Orchestrations({
    ...shared, orchestrators, activities: activityFunctions, maxConcurrent: maxConcurrentOrchestrators, dispatch: rows => activities.dispatch(rows)
  })
  const control = new Control({ store, write, clock, orchestrators, defaultVersion, wake: id => orchestrations.wake(id) })

  const timers = new Timers({ ...shared, functions, setting })
  const api = createApi({ store, control, taskHub: hubName })
  const eventGrid = createEventGridWebhook({ functions, invoke, log, extraInputs })
  const routes = compileRoutes(functions, routePrefix)

  const handle = async (exchange: Exchange): Promise<Answer> => {
    const path = `/${exchange.segments.join('/').toLowerCase()}`
    if (path.startsWith(`${WEBHOOK_PATH}/`)) return api(exchange)
    if (path === EVENT_GRID_PATH) return eventGrid(exchange)
    const match = findRoute(routes, exchange.method, exchange.segments)
    if (!match) return { status: 404 }
    return callHttp(invoke, log, { match, exchange, headers: signIn(exchange.headers, setting('CKEY_LOCAL_USER')), extraInputs: extraInputs(match.target) })
  }
  const server = await listen(options.port ?? 0, log, exchange => work.during(async () => {
    await clock.refresh()
    return handle(exchange)
  }))
  origin = `http://127.0.0.1:${server.port}`
  // durable-functions sends its client to localhost:7071 when this is not set (its getClient.ts).
  process.env['WEBSITE_HOSTNAME'] = `127.0.0.1:${server.port}`

  await runHooks('appStart', { hookData: {}, appHookData: {} })
  await timers.start()
  activities.dispatch(store.activities())
  const going = keepGoing({ clock, work, orchestrations, timers, log })

  return {
    port: server.port,
    url: origin,
    clock,
    async stop(graceMs = GRACE_MS) {
      for (const part of [orchestrations, activities, timers, going]) part.stop()
      await server.stop()
      await work.untilQuiet(graceMs)
      await runHooks('appTerminate', { hookData: {}, appHookData: {} })
      await flush()
      database.close()
      release()
    }
  }
}

async function loadFunctions(load: () => unknown): Promise<RegisteredFunction[]> {
  const functions = [...(await collectFunctions(load)).values()]
  const faults = unsupportedBindings(functions)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return functions
}

function createClock(wanted: 'real' | 'skip' | Clock, store: Store, save: (offset: number) => Promise<void>): Clock {
  if (typeof wanted === 'object') return wanted
  const offset = Number(store.meta('clock-offset-ms') ?? 0)
  return wanted === 'skip' ? skippingClock(offset, save) : realClock(offset)
}

function durableClients({ bindings }: RegisteredFunction, json: string): { name: string, data: RpcData }[] {
  return Object.entries(bindings)
    .filter(([, { type }]) => type === 'durableClient' || type === 'orchestrationClient')
    .map(([name]) => ({ name, data: { string: json } }))
}
