import { AzureError } from '../../core/service.ts'
import { isObject } from '../read-json.ts'
import type { AccessPolicy } from './vault-record.ts'

/** The policies of a request. Throws 400 for what Azure does not accept; an object id may be anybody's, as in Azure. */
export function readAccessPolicies(value: unknown, tenantId: string): AccessPolicy[] {
  if (!Array.isArray(value)) throw invalid('The parameter accessPolicies is not specified.')
  requireFewPolicies(value)
  const policies = value.map((entry: unknown) => readPolicy(entry, tenantId))
  const identities = new Set(policies.map(identityOf))
  if (identities.size < policies.length) throw invalid('The parameter accessPolicies has two entries for one objectId.')
  return policies
}

/** https://learn.microsoft.com/azure/key-vault/general/assign-access-policy */
export function requireFewPolicies(policies: readonly unknown[]): void {
  if (policies.length > 1024) throw invalid('A vault can have at most 1024 access policies.')
}

export function sameIdentity(one: AccessPolicy, other: AccessPolicy): boolean {
  return identityOf(one) === identityOf(other)
}

const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  keys: [
    'all',
    'encrypt',
    'decrypt',
    'wrapkey',
    'unwrapkey',
    'sign',
    'verify',
    'get',
    'list',
    'create',
    'update',
    'import',
    'delete',
    'backup',
    'restore',
    'recover',
    'purge',
    'release',
    'rotate',
    'getrotationpolicy',
    'setrotationpolicy'
  ],
  secrets: ['all', 'get', 'list', 'set', 'delete', 'backup', 'restore', 'recover', 'purge'],
  certificates: [
    'all',
    'get',
    'list',
    'delete',
    'create',
    'import',
    'update',
    'managecontacts',
    'getissuers',
    'listissuers',
    'setissuers',
    'deleteissuers',
    'manageissuers',
    'recover',
    'purge',
    'backup',
    'restore'
  ],
  storage: [
    'all',
    'get',
    'list',
    'delete',
    'set',
    'update',
    'regeneratekey',
    'recover',
    'purge',
    'backup',
    'restore',
    'setsas',
    'listsas',
    'getsas',
    'deletesas'
  ]
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function readPolicy(entry: unknown, vaultTenant: string): AccessPolicy {
  if (!isObject(entry) || !isObject(entry['permissions'])) throw invalidValue('accessPolicies')
  const { tenantId, objectId, applicationId, permissions } = entry
  if (typeof objectId !== 'string' || !GUID.test(objectId)) throw invalidValue('objectId')
  if (typeof tenantId !== 'string' || tenantId.toLowerCase() !== vaultTenant.toLowerCase()) {
    throw invalid(`The tenantId '${String(tenantId)}' of an access policy must be the vault's, '${vaultTenant}'.`)
  }
  return {
    tenantId,
    objectId,
    ...(typeof applicationId === 'string' ? { applicationId } : {}),
    permissions: readPermissions(permissions)
  }
}

function readPermissions(given: Record<string, unknown>): AccessPolicy['permissions'] {
  const permissions: Record<string, string[]> = {}
  for (const [kind, known] of Object.entries(PERMISSIONS)) {
    const wanted = given[kind]
    if (wanted === undefined || wanted === null) continue
    if (!Array.isArray(wanted)) throw invalidValue(`permissions.${kind}`)
    permissions[kind] = wanted.map((permission: unknown) => {
      if (typeof permission === 'string' && known.includes(permission.toLowerCase())) return permission
      throw invalid(`The value '${String(permission)}' for 'permissions.${kind}' is invalid.`)
    })
  }
  return permissions
}

function identityOf({ objectId, applicationId = '' }: AccessPolicy): string {
  return `${objectId}/${applicationId}`.toLowerCase()
}

function invalidValue(name: string): AzureError {
  return invalid(`An invalid value was provided for '${name}'.`)
}

function invalid(message: string): AzureError {
  return new AzureError(400, 'BadRequest', message)
}
