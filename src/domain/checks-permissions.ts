import { always, never, sameText, type Check } from './checks.ts'
import { workloads, type Workload } from './workloads.ts'

/** One entry of a vault's access policy. Azure spells permissions in any case. */
export interface AccessPolicy {
  /** Object id in the tenant. */
  readonly objectId: string
  readonly keys: readonly string[]
  readonly secrets: readonly string[]
  readonly certificates: readonly string[]
}

export interface PermissionsSeen {
  readonly name: string
  readonly accessPolicies: readonly AccessPolicy[]
}

export interface PermissionsExpected {
  readonly workload: Workload
  /** Object ids of the slot's key vault administrators (R33). */
  readonly administrators: readonly string[]
  readonly servicePrincipalObjectId: string
  readonly slotIdentityObjectId: string
}

/** Key permissions of each kind of principal; the app grants exactly these and the checks demand exactly these. */
export const permissions = {
  administrator: ['create', 'import', 'list', 'get', 'backup', 'restore'],
  servicePrincipal: ['get', 'wrapKey', 'unwrapKey'],
  slotIdentity: ['get', 'list', 'create', 'update', 'backup', 'getrotationpolicy']
} as const

/** Who may do what with a vault's keys, read from its access policy (R33, R34, R36, R38). */
export const permissionChecks = (expected: PermissionsExpected): readonly Check<PermissionsSeen>[] => [
  administratorsCheck(expected),
  noDeleteCheck,
  servicePrincipalCheck(expected),
  rightServiceCheck(expected),
  slotIdentityCheck(expected),
  strangersCheck(expected)
]

const administratorsCheck = ({ administrators }: PermissionsExpected): Check<PermissionsSeen> => ({
  code: 'vault-administrators',
  requirement: 'R33',
  expected: `each of ${administrators.length}: ${permissions.administrator.join(', ')}`,
  holds: (seen) => administrators.length > 0 && administrators.every((id) => has(seen, id, permissions.administrator)),
  describe: (seen) => administrators.map((id) => `${id}: ${keysText(seen, id)}`).join('; '),
  remedy: ({ name }) => setPolicy(name, administrators.join(' and '), permissions.administrator),
  overridable: never
})

const noDeleteCheck: Check<PermissionsSeen> = {
  code: 'vault-no-delete',
  requirement: 'R34',
  expected: 'nobody may delete or purge keys',
  holds: (seen) => destroyers(seen).length === 0,
  describe: (seen) => destroyers(seen).map((id) => `${id}: ${keysText(seen, id)}`).join('; ') || 'nobody may',
  remedy: (seen) =>
    `In ${seen.name}’s access policy take delete, purge and all from ${destroyers(seen).join(' and ')}, then retry.`,
  overridable: never
}

const servicePrincipalCheck = (expected: PermissionsExpected): Check<PermissionsSeen> => ({
  code: 'vault-service-principal',
  requirement: 'R36',
  expected: `${workloads[expected.workload].displayName}: ${permissions.servicePrincipal.join(', ')}`,
  holds: (seen) => has(seen, expected.servicePrincipalObjectId, permissions.servicePrincipal),
  describe: (seen) => keysText(seen, expected.servicePrincipalObjectId),
  remedy: ({ name }) =>
    `Run Set-AzKeyVaultAccessPolicy -VaultName ${name} -ServicePrincipalName ${workloads[expected.workload].appId} ` +
    `-PermissionsToKeys ${permissions.servicePrincipal.join(',')}, then retry.`,
  overridable: never
})

/** Only the service whose policy the vault is for may wrap with its key; whoever else does is named here. */
const rightServiceCheck = ({ workload, servicePrincipalObjectId }: PermissionsExpected): Check<PermissionsSeen> => ({
  code: 'vault-right-service',
  requirement: 'R38',
  expected: `only ${workloads[workload].displayName} wraps and unwraps`,
  holds: (seen) => wrappers(seen).length === 1 && sameText(wrappers(seen)[0] ?? '', servicePrincipalObjectId),
  describe: (seen) => `wrap or unwrap: ${wrappers(seen).join(', ') || 'nobody'}`,
  remedy: ({ name }) =>
    `Leave wrapKey and unwrapKey in the access policy of ${name} to ${workloads[workload].displayName} alone ` +
    `(object ${servicePrincipalObjectId}), then retry.`,
  overridable: never
})

/** The app itself must see, make and back up keys, and nothing more. */
const slotIdentityCheck = ({ slotIdentityObjectId }: PermissionsExpected): Check<PermissionsSeen> => ({
  code: 'vault-slot-identity',
  requirement: 'R33',
  expected: `this app: ${permissions.slotIdentity.join(', ')}`,
  holds: (seen) => has(seen, slotIdentityObjectId, permissions.slotIdentity),
  describe: (seen) => keysText(seen, slotIdentityObjectId),
  remedy: ({ name }) => setPolicy(name, slotIdentityObjectId, permissions.slotIdentity),
  overridable: never
})

const strangersCheck = (expected: PermissionsExpected): Check<PermissionsSeen> => ({
  code: 'vault-no-others',
  requirement: 'R34',
  expected: 'nobody else, and nothing but keys',
  holds: (seen) => strangers(seen, expected).length === 0,
  describe: (seen) => strangers(seen, expected).join(', ') || 'nobody else',
  remedy: (seen) =>
    `Take ${strangers(seen, expected).join(' and ')} out of the access policy of ${seen.name}, and any permission to ` +
    'secrets and certificates, then retry.',
  overridable: never
})

const setPolicy = (vault: string, who: string, keys: readonly string[]): string =>
  `For ${who} run Set-AzKeyVaultAccessPolicy -VaultName ${vault} -ObjectId … -PermissionsToKeys ${keys.join(',')}, ` +
  'then retry.'

/** Key permissions of one principal, lower case, over all its entries. */
const keysOf = ({ accessPolicies }: PermissionsSeen, objectId: string): Set<string> =>
  new Set(
    accessPolicies
      .filter((entry) => sameText(entry.objectId, objectId))
      .flatMap(({ keys }) => keys.map((key) => key.toLowerCase()))
  )

const has = (seen: PermissionsSeen, objectId: string, wanted: readonly string[]): boolean => {
  const keys = keysOf(seen, objectId)
  return keys.size === wanted.length && wanted.every((key) => keys.has(key.toLowerCase()))
}

const keysText = (seen: PermissionsSeen, objectId: string): string =>
  [...keysOf(seen, objectId)].join(', ') || 'nothing'

const holdersOf = (seen: PermissionsSeen, any: readonly string[]): string[] => {
  const ids = new Set(seen.accessPolicies.map(({ objectId }) => objectId.toLowerCase()))
  return [...ids].filter((id) => any.some((key) => keysOf(seen, id).has(key)))
}

const destroyers = (seen: PermissionsSeen): string[] => holdersOf(seen, ['delete', 'purge', 'all'])

const wrappers = (seen: PermissionsSeen): string[] => holdersOf(seen, ['wrapkey', 'unwrapkey', 'all'])

/** Whoever wraps is `rightServiceCheck`'s to name. */
const strangers = (seen: PermissionsSeen, expected: PermissionsExpected): string[] => {
  const { administrators, servicePrincipalObjectId, slotIdentityObjectId } = expected
  const known = [...administrators, servicePrincipalObjectId, slotIdentityObjectId, ...wrappers(seen)]
  return seen.accessPolicies
    .filter(({ objectId, secrets, certificates }) =>
      !known.some((id) => sameText(id, objectId)) || secrets.length > 0 || certificates.length > 0
    )
    .map(({ objectId }) => objectId)
}

/** Who can change a vault's permissions (R35). */
export interface ContributorsSeen {
  /** Direct and inherited role assignments that reach the vault. */
  readonly principals: readonly { readonly principalId: string; readonly roleName: string; readonly scope: string }[]
  /** The app's own identities. */
  readonly appObjectIds: readonly string[]
}

/** Somebody of the organisation must be able to change permissions as people come and go. `vaultId`: its ARM id. */
export const contributorChecks = (vaultId: string): readonly Check<ContributorsSeen>[] => [
  {
    code: 'vault-contributor',
    requirement: 'R35',
    expected: 'somebody other than this app is Contributor or Owner of the vault',
    holds: (seen) => contributors(seen).length > 0,
    describe: (seen) => contributors(seen).join(', ') || 'nobody but this app',
    remedy: () =>
      'Run az role assignment create --assignee {object id or UPN} --role Contributor --scope ' +
      `${vaultId}, then retry. If people become Contributor only on demand (PIM), override with who they are.`,
    overridable: always
  }
]

const contributors = ({ principals, appObjectIds }: ContributorsSeen): string[] =>
  principals
    .filter(({ roleName }) => ['Contributor', 'Owner'].includes(roleName))
    .filter(({ principalId }) => !appObjectIds.some((id) => sameText(id, principalId)))
    .map(({ principalId, roleName }) => `${principalId} (${roleName})`)
