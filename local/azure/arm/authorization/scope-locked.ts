import { AzureError, type SimulatedRequest } from '../../core/service.ts'
import type { Collection, World } from '../../core/world.ts'

export interface LockRecord {
  /** ARM id of what is locked, and all in it. */
  readonly scope: string
  readonly name: string
  readonly level: 'CanNotDelete' | 'ReadOnly'
  readonly notes: string | null
}

/** By the ARM id of what is locked and the name, lower case. */
export const locks = (world: World): Collection<LockRecord> => world.collection('locks')

interface Locking {
  readonly request: Pick<SimulatedRequest, 'method'>
  readonly action: string
  /** ARM id. */
  readonly scope: string
}

/**
 * Refuses what a lock on it, or on what it lies in, forbids; and to delete what has something locked in it. Under a lock that
 * lets only read, a POST is a write, whatever it does: github.com/Azure/azure-sdk-for-java/issues/2560, where the words are, too.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */
export function requireUnlocked(world: World, { request: { method }, action, scope }: Locking): void {
  if (['GET', 'HEAD'].includes(method) || /^Microsoft\.Authorization\/locks\/|\/read$/i.test(action)) return
  const isDeleted = method === 'DELETE'
  const isOfRights = /^Microsoft\.Authorization\//i.test(action) // at the scope, not of what lies in it
  const holding = locks(world)
    .values()
    .filter(({ level, scope: locked }) => (isDeleted || level === 'ReadOnly') && isIn(scope, locked))
  const inside = locks(world)
    .values()
    .filter(({ scope: locked }) => isDeleted && !isOfRights && isIn(locked, scope))
  const scopes = [...new Set([...holding, ...inside].map((each) => each.scope))]
  if (scopes.length === 0) return
  throw new AzureError(
    409,
    'ScopeLocked',
    `The scope '${scope}' cannot perform ${isDeleted ? 'delete' : 'write'} operation because following scope(s) are locked: ` +
      `'${scopes.join(', ')}'. Please remove the lock and try again.`
  )
}

const isIn = (id: string, scope: string): boolean => `${id}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase())
