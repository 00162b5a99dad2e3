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

/**
 * Inside a write: a pending instance and its first message. An instance of that id which is over is replaced, as by
 * the extension's default `overridableExistingInstanceStates`; false when one is live.
 */
export function createInstance(store: Store, { now, parent, ...given }: NewInstance): boolean {
  const existing = store.instance(given.id)
  if (existing && !isOver(existing.status)) return false
  if (existing) store.deleteInstance(given.id)
  const instance: Instance = {
    ...given,
    parent,
    execution: newExecutionId(),
    status: 'Pending',
    output: null,
    customStatus: null,
    created: now,
    updated: now
  }
  store.putInstance(instance)
  const event = JSON.stringify(startedEvent(instance, now))
  store.post({ instance: instance.id, execution: instance.execution, event, ordered: now })
  return true
}

export function newExecutionId(): string {
  return randomUUID().replaceAll('-', '')
}
