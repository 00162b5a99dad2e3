import { permissions, permissionsUnder } from '../terms/permissions.ts'
import { never, type Check } from './checks.ts'
import { sameText } from '../terms/same-text.ts'
import type { Choices } from '../terms/choices.ts'
import type { Slot } from '../terms/evidence.ts'
import { roleName } from '../terms/role-names.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

/** One entry of a vault's access policy, or what a role allows, in the same words. Azure spells permissions in any case. */
export interface AccessPolicy {
  /** Object id in the tenant. */
  readonly objectId: string
  /** Set for a compound identity: whoever it is may act only through this application. */
  readonly applicationId: string | undefined
  readonly keys: readonly string[]
  readonly secrets: readonly string[]
  readonly certificates: readonly string[]
  /** To storage accounts that the vault manages. */
  readonly storage: readonly string[]
}

/** A compound identity is another than the principal itself. */
const whoOf = ({ objectId, applicationId }: AccessPolicy): string =>
  applicationId === undefined ? objectId : `${objectId} through application ${applicationId}`

export interface PermissionsSeen {
  readonly name: string
  readonly accessPolicies: readonly AccessPolicy[]
}

export interface PermissionsExpected {
  readonly authorization: Choices['authorization']
  readonly slot: Slot
  /** In the names of roles; `…` where nobody knows it. */
  readonly namePrefix: string
  readonly workload: Workload
  /** Object ids of the slot's key vault administrators (R33). Undefined: nobody named them, for a vault that others made. */
  readonly administrators: readonly string[] | undefined
  readonly servicePrincipalObjectId: string
  readonly slotIdentityObjectId: string
  /** Others made the vault: the app backs its keys up and makes none. */
  readonly adopted: boolean
}

/** What the app needs in a vault that others made; the rest of its permissions it may have. */
const keeping = ['get', 'list', 'backup', 'getrotationpolicy'] as const

/** Who may do what with a vault's keys, read from its access policy or from the roles that reach it (R33, R34, R36, R38). */
export const permissionChecks = (expected: PermissionsExpected): readonly Check<PermissionsSeen>[] => [
  ...(expected.administrators === undefined ? [] : [administratorsCheck(expected, expected.administrators)]),
  noDeleteCheck(expected),
  servicePrincipalCheck(expected),
  rightServiceCheck(expected),
  slotIdentityCheck(expected),
  strangersCheck(expected)
]

const administratorsCheck = (
  expected: PermissionsExpected,
  administrators: readonly string[]
): Check<PermissionsSeen> => ({
  code: 'vault-administrators',
  requirement: 'R33',
  expected: `each of ${administrators.length}: ${permissions.administrator.join(', ')}`,
  holds: (seen) => administrators.length > 0 && administrators.every((id) => has(seen, id, permissions.administrator)),
  describe: (seen) => administrators.map((id) => `${id}: ${keysText(seen, id)}`).join('; '),
  remedy: ({ name }) => given(expected, { vault: name, who: administrators.join(' and '), kind: 'administrator' }),
  overridable: never
})

const noDeleteCheck = ({ authorization }: PermissionsExpected): Check<PermissionsSeen> => ({
  code: 'vault-no-delete',
  requirement: 'R34',
  expected: 'nobody may delete or purge keys',
  holds: (seen) => destroyers(seen).length === 0,
  describe: (seen) => few(destroyers(seen).map((id) => `${id}: ${keysText(seen, id)}`)).join('; ') || 'nobody may',
  remedy: (seen) =>
    authorization === 'rbac'
      ? taken(seen.name, destroyers(seen))
      : `In ${seen.name}’s access policy take delete, purge and all from ${few(destroyers(seen)).join(' and ')}, then retry.`,
  overridable: never
})

function servicePrincipalCheck(expected: PermissionsExpected): Check<PermissionsSeen> {
  const { authorization, workload, servicePrincipalObjectId: who } = expected
  const { displayName, appId } = workloads[workload]
  const wanted = permissionsUnder(authorization).servicePrincipal
  return {
    code: 'vault-service-principal',
    requirement: 'R36',
    expected: `${displayName}: ${wanted.join(', ')}`,
    holds: (seen) => has(seen, who, wanted),
    describe: (seen) => keysText(seen, who),
    remedy: ({ name }) =>
      authorization === 'rbac'
        ? given(expected, { vault: name, who, kind: 'servicePrincipal' })
        : `Run Set-AzKeyVaultAccessPolicy -VaultName ${name} -ServicePrincipalName ${appId} ` +
          `-PermissionsToKeys ${wanted.join(',')}, then retry.`,
    overridable: never
  }
}

/** Only the service whose policy the vault is for may wrap with its key; whoever else does is named here. */
const rightServiceCheck = (expected: PermissionsExpected): Check<PermissionsSeen> => ({
  code: 'vault-right-service',
  requirement: 'R38',
  expected: `only ${workloads[expected.workload].displayName} wraps and unwraps`,
  holds: (seen) => wrappers(seen).length === 1 && sameText(wrappers(seen)[0] ?? '', expected.servicePrincipalObjectId),
  describe: (seen) => `wrap or unwrap: ${few(wrappers(seen)).join(', ') || 'nobody'}`,
  remedy: (seen) => rightServiceRemedy(seen, expected),
  overridable: never
})

function rightServiceRemedy(seen: PermissionsSeen, expected: PermissionsExpected): string {
  const { authorization, workload, servicePrincipalObjectId: who } = expected
  const others = wrappers(seen).filter((id) => !sameText(id, who))
  if (authorization === 'access-policies') {
    return (
      `Leave wrapKey and unwrapKey in the access policy of ${seen.name} to ${workloads[workload].displayName} alone ` +
      `(object ${who}), then retry.`
    )
  }
  return others.length > 0
    ? taken(seen.name, others)
    : given(expected, { vault: seen.name, who, kind: 'servicePrincipal' })
}

/** The app itself must see, make and back up keys, and nothing more. */
const slotIdentityCheck = ({
  slotIdentityObjectId,
  adopted,
  ...expected
}: PermissionsExpected): Check<PermissionsSeen> => ({
  code: 'vault-slot-identity',
  requirement: 'R33',
  expected: adopted
    ? `this app: at least ${keeping.join(', ')}, at most ${permissions.slotIdentity.join(', ')} too`
    : `this app: ${permissions.slotIdentity.join(', ')}`,
  holds: (seen) =>
    adopted
      ? keeping.every((key) => keysOf(seen, slotIdentityObjectId).has(key)) &&
        areWithin(seen, slotIdentityObjectId, permissions.slotIdentity)
      : has(seen, slotIdentityObjectId, permissions.slotIdentity),
  describe: (seen) => keysText(seen, slotIdentityObjectId),
  remedy: ({ name }) => given(expected, { vault: name, who: slotIdentityObjectId, kind: 'slotIdentity' }),
  overridable: never
})

const strangersCheck = (expected: PermissionsExpected): Check<PermissionsSeen> => ({
  code: 'vault-no-others',
  requirement: 'R34',
  expected: 'nobody else, and nothing but keys',
  holds: (seen) => strangers(seen, expected).length === 0,
  describe: (seen) => few(strangers(seen, expected)).join(', ') || 'nobody else',
  remedy: (seen) =>
    expected.authorization === 'rbac'
      ? taken(seen.name, strangers(seen, expected))
      : `Take ${few(strangers(seen, expected)).join(' and ')} out of the access policy of ${seen.name}, and any permission to ` +
        'secrets, certificates and storage accounts, then retry.',
  overridable: never
})

interface Grant {
  readonly vault: string
  readonly who: string
  readonly kind: keyof typeof permissions
}

/** How people give a permission set. */
const given = (
  { authorization, ...named }: Pick<PermissionsExpected, 'authorization' | 'slot' | 'namePrefix'>,
  { vault, who, kind }: Grant
): string =>
  authorization === 'rbac'
    ? `For ${who} run az role assignment create --assignee-object-id … --role "${roleOf(kind, named)}" --scope ${idOf(vault)}, then retry.`
    : `For ${who} run Set-AzKeyVaultAccessPolicy -VaultName ${vault} -ObjectId … -PermissionsToKeys ${permissions[kind].join(',')}, ` +
      'then retry.'

const roleOf = (kind: Grant['kind'], { namePrefix, slot }: Pick<PermissionsExpected, 'namePrefix' | 'slot'>): string =>
  ({
    administrator: roleName('administrator', namePrefix, slot),
    servicePrincipal: 'Key Vault Crypto Service Encryption User',
    slotIdentity: roleName('keeper', namePrefix, slot)
  })[kind]

/** How people take a role away, which may have been given above the vault, or to a group. */
const taken = (vault: string, who: readonly string[]): string =>
  `See where the roles of ${few(who).join(' and ')} were given (az role assignment list --scope ${idOf(vault)} --include-inherited), ` +
  'take them away there (az role assignment delete --ids …), then retry.'

const idOf = (vault: string): string => `$(az keyvault show --name ${vault} --query id --output tsv)`

/** A policy holds up to 1024 entries; a finding goes into history. */
const few = (all: readonly string[]): readonly string[] =>
  all.length <= most ? all : [...all.slice(0, most), `${String(all.length - most)} more`]

const most = 5

/** Key permissions of one principal, lower case, over all its entries. */
const keysOf = ({ accessPolicies }: PermissionsSeen, objectId: string): Set<string> =>
  new Set(
    accessPolicies
      .filter((entry) => sameText(whoOf(entry), objectId))
      .flatMap(({ keys }) => keys.map((key) => key.toLowerCase()))
  )

function has(seen: PermissionsSeen, objectId: string, wanted: readonly string[]): boolean {
  const keys = keysOf(seen, objectId)
  return keys.size === wanted.length && wanted.every((key) => keys.has(key.toLowerCase()))
}

const areWithin = (seen: PermissionsSeen, objectId: string, wanted: readonly string[]): boolean =>
  [...keysOf(seen, objectId)].every((key) => wanted.some((each) => sameText(each, key)))

const keysText = (seen: PermissionsSeen, objectId: string): string =>
  [...keysOf(seen, objectId)].join(', ') || 'nothing'

function holdersOf(seen: PermissionsSeen, any: readonly string[]): string[] {
  const ids = new Set(seen.accessPolicies.map((entry) => whoOf(entry).toLowerCase()))
  return [...ids].filter((id) => any.some((key) => keysOf(seen, id).has(key)))
}

const destroyers = (seen: PermissionsSeen): string[] => holdersOf(seen, ['delete', 'purge', 'all'])

const wrappers = (seen: PermissionsSeen): string[] => holdersOf(seen, ['wrapkey', 'unwrapkey', 'all'])

/**
 * Whoever wraps is `rightServiceCheck`'s to name. Where nobody named the administrators, whoever has their permissions and
 * no other counts as one.
 */
function strangers(seen: PermissionsSeen, expected: PermissionsExpected): string[] {
  const { administrators, servicePrincipalObjectId, slotIdentityObjectId } = expected
  const known = [...(administrators ?? []), servicePrincipalObjectId, slotIdentityObjectId, ...wrappers(seen)]
  const isLikeOne = ({ objectId, applicationId }: AccessPolicy): boolean =>
    administrators === undefined && applicationId === undefined && areWithin(seen, objectId, permissions.administrator)
  const isKnown = (entry: AccessPolicy): boolean => known.some((id) => sameText(id, whoOf(entry))) || isLikeOne(entry)
  const found = seen.accessPolicies.filter(
    (entry) => !isKnown(entry) || entry.secrets.length + entry.certificates.length + entry.storage.length > 0
  )
  return [...new Set(found.map(whoOf))] // under Azure RBAC somebody may hold several roles
}
