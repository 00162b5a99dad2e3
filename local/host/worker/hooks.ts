import { type HookName, registry } from './registry.ts'

/** Hooks may change what they are given; they run in the order of their registration. */
export async function runHooks(name: HookName, context: object): Promise<void> {
  for (const entry of registry().hooks) {
    if (entry.name === name) await entry.hook(context)
  }
}
