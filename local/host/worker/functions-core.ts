import { type Hook, type HookName, type ProgrammingModel, registry } from './registry.ts'
import type { FunctionMetadata, Handler } from './rpc.ts'

/**
 * Stands in for the module `@azure/functions-core`, which the Functions worker injects and no registry offers.
 * `@azure/functions` asks for it with `require` and falls back to a test mode without it (its tryGetCoreApiLazy.ts).
 */
export const version = '3.10.0'
export const hostVersion = '4.1042.0'

export function registerFunction(metadata: FunctionMetadata, handler: Handler): { dispose(): void } {
  const { functions } = registry()
  const { name, bindings } = metadata
  if (!functions)
    throw new Error(`Function "${name}" is registered after the app has started. Register it while the app loads.`)
  if (functions.has(name)) throw new Error(`Two functions are named "${name}". Rename one.`)
  functions.set(name, { name, bindings, handler })
  return {
    dispose: () => {
      functions.delete(name)
    }
  }
}

export function registerHook(name: HookName, hook: Hook): { dispose(): void } {
  const entry = { name, hook }
  registry().hooks.push(entry)
  return {
    dispose() {
      const shared = registry()
      shared.hooks = shared.hooks.filter((other) => other !== entry)
    }
  }
}

export function setProgrammingModel(model: ProgrammingModel): void {
  registry().model = model
}

export function getProgrammingModel(): ProgrammingModel | undefined {
  return registry().model
}

export function log(level: string, _category: string, message: string): void {
  if (level === 'warning' || level === 'error' || level === 'critical') process.stderr.write(`${message}\n`)
}
