import type { FunctionMetadata, Handler, RpcBinding, RpcData } from './rpc.ts'

export interface RegisteredFunction {
  readonly name: string
  readonly bindings: Readonly<Record<string, RpcBinding>>
  /** Another one after the worker was lost and has loaded the app again. */
  handler: Handler
}

export type HookName = 'appStart' | 'appTerminate' | 'preInvocation' | 'postInvocation' | 'log'
export type Hook = (context: object) => unknown

/** What `@azure/functions` hands to the runtime: it turns one invocation's wire data into arguments and back. */
export interface ProgrammingModel {
  getInvocationModel(context: CoreContext): InvocationModel
  getCapabilities?(capabilities: Record<string, string>): unknown
}

export interface CoreContext {
  readonly invocationId: string
  readonly metadata: FunctionMetadata
  readonly request: {
    readonly inputData: { name: string; data: RpcData }[]
    readonly triggerMetadata: Record<string, RpcData>
    readonly traceContext: { readonly traceParent: string }
  }
  state: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined
  log(level: string, category: string, message: string): void
}

export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>
  invokeFunction(context: unknown, inputs: unknown[], handler: Handler): Promise<unknown>
  getResponse(context: unknown, result: unknown): Promise<WorkerResponse>
}

export interface WorkerResponse {
  readonly returnValue?: RpcData | null
  readonly outputData?: { name: string; data: RpcData }[]
}

interface Registry {
  functions: Map<string, RegisteredFunction> | undefined
  hooks: { name: HookName; hook: Hook }[]
  model: ProgrammingModel | undefined
}

// The stub module can be loaded twice in one process: by a bundler or test runner, and by `require` from
// `@azure/functions`. Both must fill one registry, so it lives with the process and not with the module.
const key = Symbol.for('customer-key.local-host.registry')

export function registry(): Registry {
  const shared: typeof globalThis & { [key]?: Registry } = globalThis
  return (shared[key] ??= { functions: undefined, hooks: [], model: undefined })
}

/** Everything that `load` registers. Outside of it registrations are refused, as by the worker after its start. */
export async function collectFunctions(load: () => unknown): Promise<Map<string, RegisteredFunction>> {
  const shared = registry()
  if (shared.functions) throw new Error('Two apps are being loaded at once. Await one before starting the other.')
  const functions = new Map<string, RegisteredFunction>()
  const { hooks } = shared
  shared.functions = functions
  shared.hooks = []
  try {
    await load()
    if (functions.size === 0) shared.hooks = hooks // an app that cannot be evaluated anew goes on as it is
  } finally {
    shared.functions = undefined
  }
  return functions
}
