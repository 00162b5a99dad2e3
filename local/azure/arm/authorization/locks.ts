import { AzureError, type Route, type SimulatedRequest, type Surroundings } from '../../core/service.ts'
import type { Collection } from '../../core/world.ts'
import { isObject, readJson } from '../read-json.ts'
import { openSubscription } from './authorize.ts'
import { subscriptionOf } from './role-views.ts'
import { locks, type LockRecord } from './scope-locked.ts'

const provider = '/providers/Microsoft.Authorization'
const ACTIONS = 'Microsoft.Authorization/locks'
const apiVersions = ['2016-09-01', '2017-04-01', '2020-05-01']

/** https://learn.microsoft.com/rest/api/resources/management-locks. Whether what is locked exists is not looked at. */
export const lockRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `/{*scope}${provider}/locks`,
    operation: 'locks.listByScope',
    apiVersions,
    handle: (request, { scope: asked = '' }, around) => {
      const scope = opened(asked, 'read', { request, around })
      const value = locks(around.world)
        .values()
        .filter((each) => `${each.scope}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase()))
      return { status: 200, json: { value: value.map(view) } }
    }
  },
  {
    method: 'GET',
    path: `/{*scope}${provider}/locks/{name}`,
    operation: 'locks.getByScope',
    apiVersions,
    handle: (request, { scope: asked = '', name = '' }, around) => {
      const scope = opened(asked, 'read', { request, around })
      const found = locks(around.world).get(keyOf(scope, name))
      if (found) return { status: 200, json: view(found) }
      throw new AzureError(404, 'LockNotFound', `The lock '${name}' could not be found.`)
    }
  },
  {
    method: 'PUT',
    path: `/{*scope}${provider}/locks/{name}`,
    operation: 'locks.createOrUpdateByScope',
    apiVersions,
    handle: (request, { scope: asked = '', name = '' }, around) => {
      const scope = opened(asked, 'write', { request, around })
      const { properties } = readJson(request)
      const { level, notes } = isObject(properties) ? properties : {}
      const known: Collection<LockRecord> = locks(around.world)
      const status = known.has(keyOf(scope, name)) ? 200 : 201
      const record = { scope, name: lockName(name), level: levelOf(level), notes: notesOf(notes) }
      known.set(keyOf(scope, name), record)
      return { status, json: view(record) }
    }
  },
  {
    method: 'DELETE',
    path: `/{*scope}${provider}/locks/{name}`,
    operation: 'locks.deleteByScope',
    apiVersions,
    handle: (request, { scope: asked = '', name = '' }, around) => {
      const scope = opened(asked, 'delete', { request, around })
      if (!locks(around.world).has(keyOf(scope, name))) return { status: 204 }
      locks(around.world).delete(keyOf(scope, name))
      return { status: 200 }
    }
  }
]

interface Asked {
  readonly request: SimulatedRequest
  readonly around: Surroundings
}

/** Only Owner and User Access Administrator have the actions that change locks. */
function opened(asked: string, verb: 'read' | 'write' | 'delete', { request, around }: Asked): string {
  const scope = `/${asked}`
  openSubscription(subscriptionOf(scope), { request, around, action: `${ACTIONS}/${verb}`, scope })
  return scope
}

const keyOf = (scope: string, name: string): string => `${scope}/${name}`.toLowerCase()

/** The name: https://learn.microsoft.com/rest/api/resources/management-locks/create-or-update-at-resource-level */
function lockName(name: string): string {
  if (name.length <= 260 && !/[<>%&:\\?/\p{Cc}]/u.test(name)) return name
  throw new AzureError(400, 'InvalidLockName', `The lock name '${name}' is not valid.`)
}

function levelOf(level: unknown): LockRecord['level'] {
  if (level === 'CanNotDelete' || level === 'ReadOnly') return level
  throw new AzureError(400, 'LockLevelInvalid', `The lock level '${String(level)}' must be CanNotDelete or ReadOnly.`)
}

function notesOf(notes: unknown): string | null {
  if (notes === undefined || notes === null) return null
  if (typeof notes === 'string' && notes.length <= 512) return notes
  throw new AzureError(400, 'LockNotesInvalid', 'The notes of a lock have 512 characters at most.')
}

const view = ({ scope, name, level, notes }: LockRecord): object => ({
  properties: { level, ...(notes !== null && { notes }) },
  id: `${scope}${provider}/locks/${name}`,
  type: 'Microsoft.Authorization/locks',
  name
})
