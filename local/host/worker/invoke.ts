import { randomUUID } from 'node:crypto'
import { isLevel, type Log } from '../log.ts'
import {
  type CoreContext,
  type InvocationModel,
  type RegisteredFunction,
  registry,
  type WorkerResponse
} from './registry.ts'
import type { HostMoment, Watch } from '../moments.ts'
import { runHooks } from './hooks.ts'
import { WorkerLost } from './life.ts'
import { jsonOf, type RpcData } from './rpc.ts'
import type { Workers } from './workers.ts'

export interface Invocation {
  readonly target: RegisteredFunction
  readonly inputs: { name: string; data: RpcData }[]
  readonly triggerMetadata?: Record<string, RpcData>
}

/** What a function gets beside its trigger: its durable clients. */
export type ExtraInputs = (target: RegisteredFunction) => { name: string; data: RpcData }[]

export type Invoke = (invocation: Invocation) => Promise<WorkerResponse>

/** Calls a function with one argument as it is, and hands back what it returned as it is. */
export type Call = (target: RegisteredFunction, argument: unknown, instance: string) => Promise<unknown>

export interface InvokerOptions {
  readonly log: Log
  readonly workers: Workers
  readonly timeoutMs?: number | undefined
  readonly watch?: Watch | undefined
}

export interface Invoker {
  readonly invoke: Invoke
  readonly call: Call
}

/**
 * Calls a function as the worker does: arguments, hooks, handler, hooks, response. Rejects with what it threw, and with
 * `WorkerLost` when the worker dies meanwhile.
 */
export function createInvoker({ log, workers, timeoutMs, watch = () => undefined }: InvokerOptions): Invoker {
  const appHookData = {}
  const watched = async <T>(of: Omit<HostMoment, 'kind'>, work: () => Promise<T>): Promise<T> => {
    await workers.life.ready
    const { life } = workers
    await watch({ kind: 'begins', ...of })
    if (life.isDead) throw new WorkerLost()
    const result = await Promise.race([life.lost, life.run(work)])
    await watch({ kind: 'ends', ...of })
    return result
  }
  return {
    async invoke(invocation) {
      const { target, triggerMetadata = {} } = invocation
      return watched({ name: target.name, instance: instanceIn(triggerMetadata) }, async () => {
        const running = run(invocation, log, appHookData)
        const { model, context, result } = await within(timeoutMs, invocation, { running, workers })
        return model.getResponse(context, result)
      })
    },
    async call(target, argument, instance) {
      return watched({ name: target.name, instance, isTurn: true }, async () => {
        const { result } = await run({ target, inputs: [], argument }, log, appHookData)
        return result
      })
    }
  }
}

function instanceIn({ instanceId }: Record<string, RpcData>): string {
  const json = jsonOf(instanceId)
  return json === null ? '' : String(JSON.parse(json))
}

interface Timed {
  readonly running: Promise<Run>
  readonly workers: Workers
}

/** As in Azure such a call has failed, and the worker's process ends with it. */
async function within(timeoutMs: number | undefined, { target }: Invocation, timed: Timed): Promise<Run> {
  const { running, workers } = timed
  if (timeoutMs === undefined) return running
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const why = `Function "${target.name}" has run longer than functionTimeout allows, ${timeoutMs} ms. Let it do less, or raise functionTimeout in host.json.`
    timer = setTimeout(() => {
      reject(new Error(why))
      setImmediate(() => void workers.lose()) // first its own words
    }, timeoutMs)
  })
  try {
    return await Promise.race([running, late])
  } finally {
    clearTimeout(timer)
  }
}

interface Run {
  readonly model: InvocationModel
  readonly context: unknown
  readonly result: unknown
}

async function run(invocation: Invocation & { argument?: unknown }, log: Log, appHookData: object): Promise<Run> {
  const { model } = registry()
  if (!model) throw new Error('No function was registered through @azure/functions 4. Import it in the app.')
  const known: { context?: unknown } = {}
  const core = coreContext(invocation, log, () => isReplaying(known.context))
  const invocationModel = model.getInvocationModel(core)
  const { context, inputs } = await invocationModel.getArguments()
  if ('argument' in invocation) inputs.push(invocation.argument)
  known.context = context

  core.state = 'preInvocationHooks'
  const { handler: functionCallback } = invocation.target
  const hooked = { hookData: {}, appHookData, invocationContext: context, functionCallback, inputs }
  await runHooks('preInvocation', hooked)

  core.state = 'invocation'
  const ending: typeof hooked & Ending = { ...hooked, result: null, error: null }
  try {
    ending.result = await invocationModel.invokeFunction(context, hooked.inputs, hooked.functionCallback)
  } catch (error) {
    ending.error = error ?? new Error(`Function "${invocation.target.name}" threw nothing.`)
  }

  core.state = 'postInvocationHooks'
  await runHooks('postInvocation', ending)
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- an app may throw anything, and gets it back
  if (ending.error !== null) throw ending.error
  return { model: invocationModel, context, result: ending.result }
}

interface Ending {
  result: unknown
  error: unknown
}

function coreContext(
  { target, inputs, triggerMetadata = {} }: Invocation,
  log: Log,
  replaying: () => boolean
): CoreContext {
  return {
    invocationId: randomUUID(),
    metadata: { name: target.name, bindings: target.bindings },
    request: { inputData: inputs, triggerMetadata, traceContext: { traceParent: newTrace() } },
    state: undefined,
    log(level, _category, message) {
      // A line inside an orchestrator is written once and not again by every replay.
      if (!replaying()) log({ level: isLevel(level) ? level : 'information', source: target.name, message })
    }
  }
}

/** Each call is in a trace of its own, as W3C writes it down; a host that records spans would go on with the caller's. */
const newTrace = (): string => `00-${randomHex()}-${randomHex().slice(16)}-01`

const randomHex = (): string => randomUUID().replaceAll('-', '')

/** `durable-functions` hangs its orchestration context, which knows the answer, on the invocation context. */
function isReplaying(context: unknown): boolean {
  if (typeof context !== 'object' || context === null || !('df' in context)) return false
  const { df } = context
  return typeof df === 'object' && df !== null && 'isReplaying' in df && df.isReplaying === true
}
