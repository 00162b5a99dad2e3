import {
  AzureError,
  type Route,
  type SimulatedRequest,
  type SimulatedResponse,
  type Surroundings
} from '../../core/service.ts'
import { announceAccessPolicies } from '../../eventgrid/announce-access-policies.ts'
import { readAccessPolicies, requireFewPolicies, sameIdentity } from './access-policy-rules.ts'
import { openSubscription } from '../authorization/authorize.ts'
import { heardAt } from '../propagation.ts'
import { isObject, readJson } from '../read-json.ts'
import { requireVault, vaultId, vaultPath, type VaultAddress } from './vault-address.ts'
import { vaults, type AccessPolicy } from './vault-record.ts'
import { vaultApiVersions as apiVersions } from './vault-view.ts'

/** https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/update-access-policy */
export const accessPolicyRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path: `${vaultPath}/accessPolicies/{kind}`,
    operation: 'vaults.updateAccessPolicy',
    apiVersions,
    handle: (request, { sub = '', group = '', vault = '', kind = '' }, around) =>
      updatePolicies(request, { address: { sub, group, vault }, kind }, around)
  }
]

function updatePolicies(
  request: SimulatedRequest,
  asked: { address: VaultAddress; kind: string },
  around: Surroundings
): SimulatedResponse {
  const { address, kind } = asked
  const scope = vaultId(address)
  openSubscription(address.sub, { request, around, action: 'Microsoft.KeyVault/vaults/accessPolicies/write', scope })
  const vault = requireVault(address, around)
  const { properties } = readJson(request)
  const list = isObject(properties) ? properties['accessPolicies'] : undefined
  const given = readAccessPolicies(list, vault.properties.tenantId)
  const accessPolicies = combine(kind, vault.properties.accessPolicies, given)
  requireFewPolicies(accessPolicies)
  const policiesHeardAt = heardAt(vault, accessPolicies, around)
  const changed = { ...vault, policiesHeardAt, properties: { ...vault.properties, accessPolicies } }
  vaults(around.world).set(vault.name.toLowerCase(), changed)
  announceAccessPolicies(vault, changed, around)
  const type = 'Microsoft.KeyVault/vaults/accessPolicies'
  return { status: 200, json: { id: `${vault.id}/accessPolicies/`, type, properties: { accessPolicies } } }
}

/** Each kind touches only the identities it names. */
function combine(kind: string, present: readonly AccessPolicy[], given: readonly AccessPolicy[]): AccessPolicy[] {
  const change = CHANGES[kind.toLowerCase()]
  if (change === undefined) throw new AzureError(400, 'BadRequest', `The operation '${kind}' is not supported.`)
  const changed = present.map((policy) => {
    const wanted = given.find((other) => sameIdentity(policy, other))
    return wanted === undefined ? policy : change(policy, wanted)
  })
  const fresh = given.filter((policy) => !present.some((other) => sameIdentity(policy, other)))
  return [...changed.filter((policy) => policy !== undefined), ...(change === CHANGES['remove'] ? [] : fresh)]
}

type Change = (present: AccessPolicy, given: AccessPolicy) => AccessPolicy | undefined

const CHANGES: Readonly<Record<string, Change>> = {
  replace: (_present, given) => given,
  add: (present, given) =>
    withPermissions(present, (kind) => {
      const before = present.permissions[kind] ?? []
      return [...before, ...(given.permissions[kind] ?? []).filter((permission) => !includes(before, permission))]
    }),
  remove: (present, given) => {
    const left = withPermissions(present, (kind) =>
      (present.permissions[kind] ?? []).filter((permission) => !includes(given.permissions[kind] ?? [], permission))
    )
    return Object.keys(left.permissions).length === 0 ? undefined : left
  }
}

const KINDS = ['keys', 'secrets', 'certificates', 'storage'] as const

function withPermissions(
  policy: AccessPolicy,
  permissionsOf: (kind: (typeof KINDS)[number]) => string[]
): AccessPolicy {
  const permissions = KINDS.map((kind) => [kind, permissionsOf(kind)] as const).filter(([, list]) => list.length > 0)
  return { ...policy, permissions: Object.fromEntries(permissions) }
}

function includes(permissions: readonly string[], wanted: string): boolean {
  return permissions.some((permission) => permission.toLowerCase() === wanted.toLowerCase())
}
