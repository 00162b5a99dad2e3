import { isOver, type Instance } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { newExecutionId, startedEvent } from './turn.ts'

export interface NewInstance {
  readonly id: string
  readonly name: string
  readonly version: string | null
  /** JSON text, or null for none. */
  readonly input: string | null
  readonly parent?: Instance['parent']
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * Inside a write: a pending instance and its first message. An instance of that id which is over is replaced, as by
 * the extension's default `overridableExistingInstanceStates`; false when one is live.
 */
export function createInstance(store: Store, { id, name, version, input, parent, now }: NewInstance): boolean {
  const existing = store.instance(id)
  if (existing && !isOver(existing.status)) return false
  if (existing) store.deleteInstance(id)
  const instance: Instance = {
    id, name, version, input, parent, execution: newExecutionId(), status: 'Pending', output: null, customStatus: null, created: now, updated: now
  }
  store.putInstance(instance)
  store.post({ instance: id, execution: instance.execution, event: JSON.stringify(startedEvent(instance, now)), ordered: now })
  return true
}
