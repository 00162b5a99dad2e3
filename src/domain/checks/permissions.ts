import {
  type PermissionsObserved,
  keysOf,
  has,
  areWithin,
  keysText,
  destroyers,
  whoOf,
  wrappers
} from './permission-holders.ts'
import type { AccessPolicy } from '../resources/vault.ts'
import { permissions, permissionsUnder } from '../terms/permissions.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { vaultIdInShell } from './look.ts'
import { sameText } from '../terms/same-text.ts'
import type { Choices } from '../terms/choices.ts'
import type { Slot } from '../terms/evidence.ts'
import { roleName } from '../terms/role-names.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

/** A compound identity is another than the principal itself. */
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

const look = [
  'az keyvault show --name VAULT --query ' +
    '"properties.accessPolicies[].{who:objectId, keys:permissions.keys, secrets:permissions.secrets, certificates:permissions.certificates}"',
  `az role assignment list --scope ${vaultIdInShell} --include-inherited --query ` +
    '"[].{who:principalName, role:roleDefinitionName, scope:scope}" --output table',
  `az role assignment list --all --query "[?contains(scope, '/vaults/VAULT/')].{who:principalName, role:roleDefinitionName, scope:scope}" ` +
    '--output table'
]
const afterwards =
  'The first command shows who may what where access policies decide, the second where Azure RBAC does ' +
  '(`authorization: "rbac"`), and the third what was given on a single key, which the second leaves out; a role may come from ' +
  `above the vault, or through a group. What people could activate (PIM) is not read. ${retried}`

const entry = (objectId: string, keys: readonly string[]): AccessPolicy => ({
  objectId,
  applicationId: undefined,
  keys,
  secrets: [],
  certificates: [],
  storage: []
})
const sound = [
  entry('ADMINISTRATOR', permissions.administrator),
  entry('SERVICE', permissions.servicePrincipal),
  entry('SLOT_IDENTITY', permissions.slotIdentity)
]
/** The same under access policies and under Azure RBAC: each has a cure of its own. */
const broken = (
  without: string,
  ...entries: readonly AccessPolicy[]
): Check<PermissionsObserved, PermissionsExpected>['broken'] =>
  (['access-policies', 'rbac'] as const).map((authorization) => ({
    where: authorization === 'rbac' ? 'Azure RBAC decides' : 'access policies decide',
    observed: { name: 'VAULT', accessPolicies: [...sound.filter(({ objectId }) => objectId !== without), ...entries] },
    expected: {
      authorization,
      slot: 1,
      namePrefix: 'prefix',
      workload: 'exchange',
      administrators: ['ADMINISTRATOR'],
      servicePrincipalObjectId: 'SERVICE',
      slotIdentityObjectId: 'SLOT_IDENTITY',
      adopted: false
    }
  }))

/** Who may do what with a vault's keys, read from its access policy or from the roles that reach it (R33, R34, R36, R38). */
export const permissionChecks: readonly Check<PermissionsObserved, PermissionsExpected>[] = [
  {
    code: 'vault-administrators',
    requirement: 'R33',
    on: 'vault',
    expected: ({ administrators = [] }) => `each of ${administrators.length}: ${permissions.administrator.join(', ')}`,
    appliesTo: (_, { administrators }) => administrators !== undefined,
    holds: (observed, { administrators = [] }) =>
      administrators.length > 0 && administrators.every((id) => has(observed, id, permissions.administrator)),
    describe: (observed, { administrators = [] }) =>
      administrators.map((id) => `${id}: ${keysText(observed, id)}`).join('; '),
    overridable: false,
    means:
      'An administrator of the slot lacks one of the key permissions of the article (create, import, list, get, backup, restore), ' +
      'or has another as well.',
    look,
    cure: ({ name }, expected) =>
      given(expected, { vault: name, who: (expected.administrators ?? []).join(' and '), kind: 'administrator' }),
    afterwards: `Another role that adds to it goes. ${afterwards}`,
    broken: broken('ADMINISTRATOR')
  },
  {
    code: 'vault-no-delete',
    requirement: 'R34',
    on: 'vault',
    expected: () => 'nobody may delete or purge keys',
    holds: (observed) => destroyers(observed).length === 0,
    describe: (observed) =>
      few(destroyers(observed).map((id) => `${id}: ${keysText(observed, id)}`)).join('; ') || 'nobody may',
    overridable: false,
    means:
      'Somebody may delete or purge keys. No person and no program needs to: a slip would cost the tenant its data. Under Azure ' +
      'RBAC it is a role with the data action delete, purge or a wildcard.',
    look,
    cure: (observed, { authorization }) =>
      authorization === 'rbac'
        ? taken(observed.name, destroyers(observed))
        : `In ${observed.name}’s access policy take delete, purge and all from ${few(destroyers(observed)).join(' and ')} ` +
          `(az keyvault set-policy --name ${observed.name} --object-id WHO --key-permissions …), then retry.`,
    afterwards: `Then look who granted it. ${afterwards}`,
    broken: broken('', entry('WHO', ['delete']))
  },
  {
    code: 'vault-service-principal',
    requirement: 'R36',
    on: 'vault',
    expected: (expected) => `${workloads[expected.workload].displayName}: ${wantedOfService(expected).join(', ')}`,
    holds: (observed, expected) => has(observed, expected.servicePrincipalObjectId, wantedOfService(expected)),
    describe: (observed, { servicePrincipalObjectId }) => keysText(observed, servicePrincipalObjectId),
    overridable: false,
    means: 'Microsoft’s service of the workload may not get, wrap and unwrap. It could not use the key.',
    look,
    cure: ({ name }, expected) =>
      expected.authorization === 'rbac'
        ? given(expected, { vault: name, who: expected.servicePrincipalObjectId, kind: 'servicePrincipal' })
        : `Run Set-AzKeyVaultAccessPolicy -VaultName ${name} -ServicePrincipalName ${workloads[expected.workload].appId} ` +
          `-PermissionsToKeys ${wantedOfService(expected).join(',')} (az keyvault set-policy --name ${name} --spn ` +
          `${workloads[expected.workload].appId} --key-permissions ${wantedOfService(expected).join(' ')}), then retry.`,
    afterwards,
    broken: broken('SERVICE')
  },
  {
    // Only the service whose policy the vault is for may wrap with its key; whoever else does is named here.
    code: 'vault-right-service',
    requirement: 'R38',
    on: 'vault',
    expected: ({ workload }) => `only ${workloads[workload].displayName} wraps and unwraps`,
    holds: (observed, { servicePrincipalObjectId }) => {
      const all = wrappers(observed)
      return all.length === 1 && all.every((only) => sameText(only, servicePrincipalObjectId))
    },
    describe: (observed) => `wrap or unwrap: ${few(wrappers(observed)).join(', ') || 'nobody'}`,
    overridable: false,
    means: 'Another service than the workload’s own may wrap and unwrap with this vault’s keys, or that one may not.',
    look,
    cure: rightServiceCure,
    afterwards,
    broken: broken('', entry('WHO', ['wrapKey']))
  },
  {
    // The app itself must see, make and back up keys, and nothing more.
    code: 'vault-slot-identity',
    requirement: 'R33',
    on: 'vault',
    expected: ({ adopted }) =>
      adopted
        ? `this app: at least ${keeping.join(', ')}, at most ${permissions.slotIdentity.join(', ')} too`
        : `this app: ${permissions.slotIdentity.join(', ')}`,
    holds: (observed, { adopted, slotIdentityObjectId: id }) =>
      adopted
        ? keeping.every((key) => keysOf(observed, id).has(key)) && areWithin(observed, id, permissions.slotIdentity)
        : has(observed, id, permissions.slotIdentity),
    describe: (observed, { slotIdentityObjectId }) => keysText(observed, slotIdentityObjectId),
    overridable: false,
    means:
      `The app’s own identity of this slot lacks its visible entry among those who may use keys (${permissions.slotIdentity.join(', ')}), ` +
      'or has more than that.',
    look,
    cure: ({ name }, expected) =>
      given(expected, { vault: name, who: expected.slotIdentityObjectId, kind: 'slotIdentity' }),
    afterwards,
    broken: broken('SLOT_IDENTITY')
  },
  {
    code: 'vault-no-others',
    requirement: 'R34',
    on: 'vault',
    expected: () => 'nobody else, and nothing but keys',
    holds: (observed, expected) => strangers(observed, expected).length === 0,
    describe: (observed, expected) => few(strangers(observed, expected)).join(', ') || 'nobody else',
    overridable: false,
    means:
      'Somebody who is not in the plan may do something with the vault’s keys, or somebody may read secrets or certificates. ' +
      'Whoever belongs there belongs in the request.',
    look,
    cure: (observed, expected) =>
      expected.authorization === 'rbac'
        ? taken(observed.name, strangers(observed, expected))
        : `Take ${few(strangers(observed, expected)).join(' and ')} out of the access policy of ${observed.name} (az keyvault ` +
          `delete-policy --name ${observed.name} --object-id WHO), and any permission to secrets, certificates and storage accounts, ` +
          'then retry. Who belongs there belongs in the request: start anew, or name them as administrators.',
    afterwards,
    broken: broken('', entry('WHO', ['get']))
  }
]

const wantedOfService = ({ authorization }: PermissionsExpected): readonly string[] =>
  permissionsUnder(authorization).servicePrincipal

function rightServiceCure(observed: PermissionsObserved, expected: PermissionsExpected): string {
  const { authorization, workload, servicePrincipalObjectId: who } = expected
  const others = wrappers(observed).filter((id) => !sameText(id, who))
  if (authorization === 'access-policies') {
    return (
      `Leave wrapKey and unwrapKey in the access policy of ${observed.name} to ${workloads[workload].displayName} alone ` +
      `(object ${who}; az keyvault set-policy --name ${observed.name} --object-id WHO --key-permissions … for whoever else), then retry.`
    )
  }
  return others.length > 0
    ? taken(observed.name, others)
    : given(expected, { vault: observed.name, who, kind: 'servicePrincipal' })
}

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
    : `For ${who} run Set-AzKeyVaultAccessPolicy -VaultName ${vault} -ObjectId … -PermissionsToKeys ${permissions[kind].join(',')} ` +
      `(az keyvault set-policy --name ${vault} --object-id … --key-permissions ${permissions[kind].join(' ')}), then retry.`

const roleOf = (kind: Grant['kind'], { namePrefix, slot }: Pick<PermissionsExpected, 'namePrefix' | 'slot'>): string =>
  ({
    administrator: roleName('administrator', namePrefix, slot),
    servicePrincipal: 'Key Vault Crypto Service Encryption User',
    slotIdentity: roleName('keeper', namePrefix, slot)
  })[kind]

/** How people take a role away, which may have been given above the vault, or to a group. */
const taken = (vault: string, who: readonly string[]): string =>
  `See where the roles of ${few(who).join(' and ')} were given (az role assignment list --scope ${idOf(vault)} --include-inherited; on a ` +
  'single key: az role assignment list --all --assignee WHO), take them away there (az role assignment delete --ids …), then retry.'

const idOf = (vault: string): string => `$(az keyvault show --name ${vault} --query id --output tsv)`

/** A policy holds up to 1024 entries; a finding goes into history. */
const few = (all: readonly string[], most = 5): readonly string[] =>
  all.length <= most ? all : [...all.slice(0, most), `${String(all.length - most)} more`]

/**
 * Whoever wraps is `vault-right-service`'s to name. Where nobody named the administrators, whoever has their permissions and
 * no other counts as one.
 */
function strangers(observed: PermissionsObserved, expected: PermissionsExpected): string[] {
  const { administrators, servicePrincipalObjectId, slotIdentityObjectId } = expected
  const known = [...(administrators ?? []), servicePrincipalObjectId, slotIdentityObjectId, ...wrappers(observed)]
  const isLikeOne = ({ objectId, applicationId }: AccessPolicy): boolean =>
    administrators === undefined &&
    applicationId === undefined &&
    areWithin(observed, objectId, permissions.administrator)
  const isKnown = (entry: AccessPolicy): boolean => known.some((id) => sameText(id, whoOf(entry))) || isLikeOne(entry)
  const found = observed.accessPolicies.filter(
    (entry) => !isKnown(entry) || entry.secrets.length + entry.certificates.length + entry.storage.length > 0
  )
  return [...new Set(found.map(whoOf))] // under Azure RBAC somebody may hold several roles
}
