import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from './clock.ts'
import { clientBinding } from './durable/client-binding.ts'
import { createEngine, type Engine } from './durable/engine.ts'
import { parseEvent } from './durable/history-json.ts'
import { historyTable } from './durable/history-table.ts'
import { fromText } from './durable/status.ts'
import { readHostJson } from './host-json.ts'
import type { Answer } from './http/exchange.ts'
import { createFrontDoor } from './http/front-door.ts'
import { ownDirectory, type Directory } from './http/principal.ts'
import { remoteDirectory } from './http/remote-directory.ts'
import type { Keys } from './http/keys.ts'
import { listen } from './http/server.ts'
import { keepGoing } from './keep-going.ts'
import { type Log, stderrLog } from './log.ts'
import { openState, type State } from './state.ts'
import type { Watch } from './moments.ts'
import type { RuntimeStatus } from './store/rows.ts'
import type { Store } from './store/store.ts'
import { Timers } from './triggers/timers.ts'
import { Work } from './work.ts'
import { installFunctionsCore } from './worker/install.ts'
import { runHooks } from './worker/hooks.ts'
import { createInvoker, type ExtraInputs } from './worker/invoke.ts'
import { collectFunctions, type RegisteredFunction } from './worker/registry.ts'
import { unsupportedBindings } from './worker/supported.ts'
import { Workers } from './worker/workers.ts'

export interface HostOptions {
  /** Registers the app's functions. */
  readonly load: () => unknown
  /** A file, or a state in memory (`memoryDatabase`), which outlives the host. */
  readonly stateFile: string | DatabaseSync
  /** 0, the default, lets the system choose. */
  readonly port?: number
  /** `skip` jumps to the next durable timer whenever nothing is runnable. Default `real`. */
  readonly clock?: 'real' | 'skip' | Clock
  /** The content of host.json. */
  readonly hostJson?: unknown
  /** App settings; the process's environment when absent. */
  readonly settings?: Readonly<Record<string, string | undefined>>
  /** Whom a sign-in asserts. Default: that at the setting CKEY_DIRECTORY_URL, or ids made of names. */
  readonly directory?: Directory
  /** Access keys; without them, the default, every request is let in. */
  readonly keys?: Keys
  /** Where the root leads, e.g. `/api/ui`; absent: to the page that Azure shows of an app. */
  readonly home?: string | undefined
  readonly log?: Log
  /** Told of each point of the work; the host waits for its answer. */
  readonly watch?: Watch
  /** Told when the state file can no longer be written: the host is useless from then on. */
  readonly onFailure?: (error: unknown) => void
  /** Told when the host has stopped itself, as its worker died too often: whoever runs it starts another. */
  readonly onGivenUp?: () => void
}

export interface Host {
  readonly port: number
  /** As in `http://127.0.0.1:7071`. */
  readonly url: string
  readonly clock: Clock
  readonly orchestrations: LocalClient
  /** Takes no more work, waits up to `graceMs` for what is under way, and closes the file. State is on disk anyway. */
  stop(graceMs?: number): Promise<void>
  /** Is gone as after a power cut: nothing more is written or answered. Resolves when its port is free for the next host. */
  abandon(): Promise<void>
  /**
   * As when the worker's process dies and another is started: activities that run fail, and orchestrations whose turn is
   * under way fail for ever, as with the real extension. Functions are then those that `load` registers anew. With the
   * third death the host stops itself.
   */
  loseWorker(): Promise<void>
}

/** A request that takes longer waits for a change, as long polling does: it must not hold time back from skipping. */
const HOLDS_TIME_MS = 250

/** Answers carry the host's time, as they carry the real one on Azure: a reader's only way to know a skipped clock. */
const dated = (answer: Answer, clock: Clock): Answer => ({
  ...answer,
  headers: { date: new Date(clock.now()).toUTCString(), ...answer.headers }
})

/** What a program that holds the host can do without HTTP. */
export interface LocalClient {
  /** Resolves with the instance's id once the start is on disk. */
  start(name: string, options?: StartOptions): Promise<string>
  /** Resolves when the instance is over; with undefined when there is none of that id. */
  ended(id: string): Promise<InstanceEnd | undefined>
  /** False when there is no such instance, or it is over. */
  raise(id: string, event: string, data: unknown): Promise<boolean>
  /** The rows of an instance, for a reader. */
  history(id: string): string
}

export interface StartOptions {
  /** Anything that is JSON. */
  readonly input?: unknown
  /** Chosen when absent. */
  readonly id?: string
}

export interface InstanceEnd {
  readonly status: RuntimeStatus
  /** The output; of a failure its text, of a termination its reason. */
  readonly output: unknown
}

/**
 * Runs an app of Azure Functions programming model v4, with Durable Functions, in this process. Rejects, with nothing
 * left behind, when the app cannot be loaded, uses what this host does not have, or the file or port is taken.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  installFunctionsCore()
  const functions = await loadFunctions(options.load)
  const { log, silence } = untilSilenced(options.log ?? stderrLog('information'))
  const state = openState(options.stateFile, log, (error) => options.onFailure?.(error))
  try {
    return await start({ ...options, log, silence }, functions, state)
  } catch (error) {
    await state.close()
    throw error
  }
}

const GRACE_MS = 2000
/** For what the last worker's death failed, to be written down. */
const GIVEN_UP_GRACE_MS = 200

async function start(
  options: HostOptions & { log: Log; silence: () => void },
  functions: RegisteredFunction[],
  state: State
): Promise<Host> {
  const { log, settings: values = process.env, clock: wanted = 'real' } = options
  const setting = (name: string): string | undefined => values[name]
  const settings = readHostJson(options.hostJson, setting)
  const { store, write } = state
  const clock = typeof wanted === 'object' ? wanted : state.clock(wanted)
  const work = new Work()
  const told = { lost: () => void work.during(() => timers.noteLoss()), stop: () => stop(GIVEN_UP_GRACE_MS) }
  const workers = workersOf(options, functions, told)
  const { invoke, call } = createInvoker({ log, watch: options.watch, workers, timeoutMs: settings.functionTimeoutMs })
  let origin = ''
  const webhookKey = options.keys?.system ?? options.keys?.master
  // Azure's own clients call a listener that nobody else can reach (the extension's LocalHttpListener.cs).
  const clientPath = `/runtime/webhooks/durabletask-${randomUUID()}`
  const extraInputs: ExtraInputs = (target) =>
    durableClients(target, () => clientBinding({ origin, taskHub: settings.hubName, clientPath, key: webhookKey }))
  const shared = { store, write, clock, work, log, invoke, call, watch: options.watch, extraInputs, functions }

  const timers = new Timers({ ...shared, setting })
  const engine = createEngine({ ...shared, settings, webhookKey, died: () => timers.noteDeath() })
  const frontDoor = createFrontDoor({
    ...shared,
    routePrefix: settings.routePrefix,
    ...accessBy(options, setting),
    durable: engine.api,
    clientPath
  })
  const server = await listen(options.port ?? 0, log, holdingTime({ clock, work, frontDoor }))
  origin = `http://127.0.0.1:${server.port}`
  // durable-functions sends its client to localhost:7071 when this is not set (its getClient.ts).
  process.env['WEBSITE_HOSTNAME'] = `127.0.0.1:${server.port}`

  await runHooks('appStart', { hookData: {} })
  await timers.start()
  engine.start()
  const going = keepGoing({ clock, work, orchestrations: engine.orchestrations, timers, log })
  const stop = async (graceMs = GRACE_MS): Promise<void> => {
    for (const part of [engine, timers, going]) part.stop()
    await server.stop()
    await work.untilQuiet(graceMs)
    await runHooks('appTerminate', { hookData: {} })
    await state.close()
  }
  return {
    port: server.port,
    url: origin,
    clock,
    orchestrations: localClient(engine, store),
    stop,
    async abandon() {
      options.silence()
      state.abandon()
      workers.end()
      for (const part of [engine, timers, going]) part.stop()
      await server.stop()
    },
    loseWorker: () => workers.lose()
  }
}

function accessBy({ directory, keys, home }: HostOptions, setting: (name: string) => string | undefined) {
  const url = setting('CKEY_DIRECTORY_URL')
  return {
    keys,
    home,
    defaultUser: setting('CKEY_LOCAL_USER'),
    directory: directory ?? (url ? remoteDirectory(url) : ownDirectory(setting('CKEY_TENANT_ID')))
  }
}

interface Answering {
  readonly clock: Clock
  readonly work: Work
  readonly frontDoor: ReturnType<typeof createFrontDoor>
}

/** While a request is answered, time does not skip; one that is held long lets it go. */
const holdingTime =
  ({ clock, work, frontDoor }: Answering): ReturnType<typeof createFrontDoor> =>
  async (exchange) => {
    const end = work.begin()
    const letGo = setTimeout(end, HOLDS_TIME_MS)
    try {
      await clock.refresh()
      return dated(await frontDoor(exchange), clock)
    } finally {
      clearTimeout(letGo)
      end()
    }
  }

function workersOf(
  { log, load, onGivenUp }: HostOptions & { log: Log },
  functions: readonly RegisteredFunction[],
  { lost, stop }: { readonly lost: () => void; readonly stop: () => Promise<void> }
): Workers {
  return new Workers({
    log,
    lost,
    load: async () => replaceHandlers(functions, await loadFunctions(load)),
    onGivenUp: () => void stop().finally(() => onGivenUp?.())
  })
}

/** The functions of a new worker in the places of those of the old one, which triggers and engine hold. */
function replaceHandlers(functions: readonly RegisteredFunction[], next: readonly RegisteredFunction[]): void {
  const handlers = new Map(next.map(({ name, handler }) => [name, handler]))
  for (const each of functions) each.handler = handlers.get(each.name) ?? each.handler
}

function localClient({ control, endings }: Engine, store: Store): LocalClient {
  return {
    start: (name, { input, id } = {}) =>
      control.start({
        name,
        input: input === undefined ? null : JSON.stringify(input),
        ...(id !== undefined && { id })
      }),
    async ended(id) {
      const instance = await endings.of(id)
      return instance && { status: instance.status, output: fromText(instance.output) }
    },
    raise: async (id, event, data) => (await control.raise(id, event, JSON.stringify(data ?? null))) === 'done',
    history: (id) => historyTable(store.history(id).map(parseEvent))
  }
}

/** A host that was given up says nothing of what still comes to nothing in it. */
function untilSilenced(log: Log): { log: Log; silence: () => void } {
  let silent = false
  return {
    log: (entry) => (silent ? undefined : log(entry)),
    silence: () => {
      silent = true
    }
  }
}

async function loadFunctions(load: () => unknown): Promise<RegisteredFunction[]> {
  const functions = [...(await collectFunctions(load)).values()]
  const faults = unsupportedBindings(functions)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return functions
}

function durableClients({ bindings }: RegisteredFunction, json: () => string): ReturnType<ExtraInputs> {
  return Object.entries(bindings)
    .filter(([, { type }]) => type === 'durableClient' || type === 'orchestrationClient')
    .map(([name]) => ({ name, data: { string: json() } }))
}
