import type { KeyRequest } from './key-request.ts'
import type { Route } from '../core/service.ts'
import { backupKey, restoreKey } from './backup-operations.ts'
import { createKey, importKey, setRotationPolicy, updateKey } from './change-operations.ts'
import type { KeyPermission } from './permission.ts'
import { getKey, getRotationPolicy, listKeys, listVersions } from './read-operations.ts'
import { KeyVaultError } from './refusals.ts'

export interface KeyOperation extends Pick<Route, 'method' | 'path' | 'operation'> {
  readonly permission: KeyPermission
  /** The body of the answer. Throws what Azure refuses. */
  readonly carryOut: (asked: KeyRequest) => unknown
}

/** What `@azure/keyvault-keys` asks of a vault, in the order in which paths are tried. */
export const keyOperations: readonly KeyOperation[] = [
  does('GET /keys', 'keys.list', 'list', listKeys),
  does('POST /keys/restore', 'keys.restore', 'restore', restoreKey),
  does('POST /keys/{name}/create', 'keys.create', 'create', createKey),
  does('POST /keys/{name}/backup', 'keys.backup', 'backup', backupKey),
  does('PUT /keys/{name}', 'keys.import', 'import', importKey),
  does('GET /keys/{name}', 'keys.get', 'get', getKey),
  does('PATCH /keys/{name}', 'keys.update', 'update', updateKey),
  does('DELETE /keys/{name}', 'keys.delete', 'delete', neverDelete),
  does('GET /deletedkeys', 'keys.listDeleted', 'list', noneDeleted),
  does('GET /keys/{name}/versions', 'keys.listVersions', 'list', listVersions),
  does('GET /keys/{name}/rotationpolicy', 'keys.getRotationPolicy', 'getrotationpolicy', getRotationPolicy),
  does('PUT /keys/{name}/rotationpolicy', 'keys.updateRotationPolicy', 'setrotationpolicy', setRotationPolicy),
  does('GET /keys/{name}/{version}', 'keys.get', 'get', getKey),
  does('PATCH /keys/{name}/{version}', 'keys.update', 'update', updateKey)
]

function does(
  what: string,
  operation: string,
  permission: KeyPermission,
  carryOut: KeyOperation['carryOut']
): KeyOperation {
  const [method = '', path = ''] = what.split(' ')
  return { method, path, operation, permission, carryOut }
}

function noneDeleted(): unknown {
  return { value: [], nextLink: null }
}

/** Nobody in a rehearsal holds the right; were somebody given it, a rehearsal that goes on would be of no worth. */
function neverDelete(): never {
  throw new KeyVaultError(
    501,
    'NotSimulated',
    'The simulated Key Vault deletes no key: ' + 'take back the delete permission.'
  )
}
