import {
  type PermissionsExpected,
  type PermissionsObserved,
  firmKeysOf,
  has,
  areWithin,
  keysText,
  destroyers,
  wrappers
} from './permission-holders.ts'
import { allowing, entriesOf, few, given, taken, without } from './permission-cures.ts'
import { strangeEntries, strangers, takenOut } from './permission-strangers.ts'
import type { AccessPolicy } from '../resources/vault.ts'
import { permissions, permissionsUnder } from '../terms/permissions.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { vaultIdInShell } from './look.ts'
import { sameText } from '../terms/same-text.ts'
import { workloads } from '../terms/workloads.ts'

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
  `above the vault, or through a group. What people could activate (PIM) is looked at by the check vault-eligible. ${retried}`

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
    cure: (observed, expected) =>
      given(observed, expected, { who: expected.administrators ?? [], kind: 'administrator' }),
    afterwards: `Another role that adds to it goes. ${afterwards}`,
    broken: [
      ...broken('ADMINISTRATOR'),
      ...broken('', { ...entry('ADMINISTRATOR', ['update']), role: { roleName: 'ROLE', scope: 'SCOPE' } })
        .slice(-1)
        .map((each) => ({ ...each, where: 'Azure RBAC decides, and somebody holds too much' }))
    ]
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
    cure: (observed, { authorization }) => {
      const entries = allowing(entriesOf(observed, destroyers(observed)), destroying)
      return authorization === 'rbac'
        ? taken(observed.name, entries)
        : `In ${observed.name}’s access policy take delete, purge and all away (${without(observed.name, entries, destroying)}), then retry.`
    },
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
    cure: (observed, expected) =>
      expected.authorization === 'rbac'
        ? given(observed, expected, { who: [expected.servicePrincipalObjectId], kind: 'servicePrincipal' })
        : `Run Set-AzKeyVaultAccessPolicy -VaultName ${observed.name} -ServicePrincipalName ${workloads[expected.workload].appId} ` +
          `-PermissionsToKeys ${wantedOfService(expected).join(',')} (az keyvault set-policy --name ${observed.name} --spn ` +
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
        ? keeping.every((key) => firmKeysOf(observed, id).has(key)) && areWithin(observed, id, permissions.slotIdentity)
        : has(observed, id, permissions.slotIdentity),
    describe: (observed, { slotIdentityObjectId }) => keysText(observed, slotIdentityObjectId),
    overridable: false,
    means:
      `The app’s own identity of this slot lacks its visible entry among those who may use keys (${permissions.slotIdentity.join(', ')}), ` +
      'or has more than that.',
    look,
    cure: (observed, expected) =>
      given(observed, expected, { who: [expected.slotIdentityObjectId], kind: 'slotIdentity' }),
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
        ? taken(observed.name, strangeEntries(observed, expected))
        : takenOut(observed, expected) +
          'Who belongs there belongs in the request: start anew, or name them as administrators.',
    afterwards,
    broken: broken('', entry('WHO', ['get']))
  }
]

const destroying = ['delete', 'purge', 'all']
const wrapping = ['wrapKey', 'unwrapKey', 'all']

const wantedOfService = ({ authorization }: PermissionsExpected): readonly string[] =>
  permissionsUnder(authorization).servicePrincipal

function rightServiceCure(observed: PermissionsObserved, expected: PermissionsExpected): string {
  const { authorization, workload, servicePrincipalObjectId: who } = expected
  const others = wrappers(observed).filter((id) => !sameText(id, who))
  if (authorization === 'access-policies') {
    return (
      `Leave wrapKey and unwrapKey in the access policy of ${observed.name} to ${workloads[workload].displayName} alone ` +
      `(object ${who})${others.length > 0 ? `: ${without(observed.name, allowing(entriesOf(observed, others), wrapping), wrapping)}` : ''}, then retry.`
    )
  }
  return others.length > 0
    ? taken(observed.name, allowing(entriesOf(observed, others), wrapping))
    : given(observed, expected, { who: [who], kind: 'servicePrincipal' })
}
