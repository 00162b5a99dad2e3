import type { Route, SimulatedRequest, Surroundings } from '../core/service.ts'
import { backupKey, restoreKey } from './backup-operations.ts'
import { createKey, importKey, setRotationPolicy, updateKey } from './change-operations.ts'
import type { View } from './key-bundle.ts'
import type { KeyPermission } from './permission.ts'
import { getKey, getRotationPolicy, listKeys, listVersions } from './read-operations.ts'
import { KeyVaultError } from './refusals.ts'

/** A request to a key whose caller has been found permitted. */
export interface KeyRequest {
  readonly request: SimulatedRequest
  /** As the path spells it; empty where it names no key. */
  readonly name: string
  readonly version: string | undefined
  readonly view: View
  readonly around: Surroundings
}

export interface KeyOperation extends Pick<Route, 'method' | 'path' | 'operation'> {
  readonly permission: KeyPermission
  /** The body of the answer. Throws what Azure refuses. */
  readonly carryOut: (asked: KeyRequest) => unknown
}

/** What `@azure/keyvault-keys` asks of a vault, in the order in which paths are tried. */
export const keyOperations: readonly KeyOperation[] = [
  { method: 'GET', path: '/keys', operation: 'keys.list', permission: 'list', carryOut: listKeys },
  { method: 'POST', path: '/keys/restore', operation: 'keys.restore', permission: 'restore', carryOut: restoreKey },
  { method: 'POST', path: '/keys/{name}/create', operation: 'keys.create', permission: 'create', carryOut: createKey },
  { method: 'POST', path: '/keys/{name}/backup', operation: 'keys.backup', permission: 'backup', carryOut: backupKey },
  { method: 'PUT', path: '/keys/{name}', operation: 'keys.import', permission: 'import', carryOut: importKey },
  { method: 'GET', path: '/keys/{name}', operation: 'keys.get', permission: 'get', carryOut: getKey },
  { method: 'PATCH', path: '/keys/{name}', operation: 'keys.update', permission: 'update', carryOut: updateKey },
  { method: 'DELETE', path: '/keys/{name}', operation: 'keys.delete', permission: 'delete', carryOut: neverDelete },
  { method: 'GET', path: '/keys/{name}/versions', operation: 'keys.listVersions', permission: 'list', carryOut: listVersions },
  ...(['GET', 'PUT'] as const).map(rotationPolicy),
  { method: 'GET', path: '/keys/{name}/{version}', operation: 'keys.get', permission: 'get', carryOut: getKey },
  { method: 'PATCH', path: '/keys/{name}/{version}', operation: 'keys.update', permission: 'update', carryOut: updateKey }
]

function rotationPolicy(method: 'GET' | 'PUT'): KeyOperation {
  const path = '/keys/{name}/rotationpolicy'
  return method === 'GET'
    ? { method, path, operation: 'keys.getRotationPolicy', permission: 'getrotationpolicy', carryOut: getRotationPolicy }
    : { method, path, operation: 'keys.updateRotationPolicy', permission: 'setrotationpolicy', carryOut: setRotationPolicy }
}

/** Nobody in a rehearsal holds the right; were somebody given it, a rehearsal that goes on would be of no worth. */
function neverDelete(): never {
  throw new KeyVaultError(501, 'NotSimulated', 'The simulated Key Vault deletes no key. Take back the delete permission.')
}
