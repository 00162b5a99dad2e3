import { randomUUID } from 'node:crypto'
import { isOver, type Instance } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { startedEvent } from './rows-of-turn.ts'

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

export function pendingInstance({ now, parent, ...given }: NewInstance): Instance {
  const state = { status: 'Pending', output: null, customStatus: null } as const
  return { ...given, ...state, parent, execution: newExecutionId(), created: now, updated: now }
}

/**
 * Inside a write: a new instance. One of its id which is over is replaced, as by the extension's default
 * `overridableExistingInstanceStates`; false when one is live.
 */
export function addInstance(store: Store, instance: Instance): boolean {
  const existing = store.status(instance.id)
  if (existing && !isOver(existing)) return false
  if (existing) store.deleteInstance(instance.id)
  store.putInstance(instance)
  return true
}

/** Inside a write: a new instance, and the message by which it gets its first turn. */
export function addWithStart(store: Store, instance: Instance): boolean {
  if (!addInstance(store, instance)) return false
  const { id, execution, created } = instance
  store.post({ instance: id, execution, event: JSON.stringify(startedEvent(instance, created)), ordered: created })
  return true
}

export function newExecutionId(): string {
  return randomUUID().replaceAll('-', '')
}
