import { describe, expect, test } from 'vitest'
import roles from '../../../infra/roles.json' with { type: 'json' }
import { permissionChecks } from '../../../src/domain/checks/permissions.ts'
import { permissions } from '../../../src/domain/terms/permissions.ts'
import { vaultRoleChecks } from '../../../src/domain/checks/vault-roles.ts'
import { permissionsOfRoles, type DataRole } from '../../../src/domain/checks/role-permissions.ts'
import { roleName } from '../../../src/domain/terms/role-names.ts'
import { vaultRole } from '../../../src/domain/checks/vault-role.ts'
import { findingsOf } from '../holding.ts'
import { matching } from '../matching.ts'

const held = (
  principalId: string,
  dataActions: readonly string[],
  notDataActions: readonly string[] = []
): DataRole => ({ principalId, dataActions, notDataActions })
const key = 'Microsoft.KeyVault/vaults/keys'
const encryptionUser = [`${key}/read`, `${key}/wrap/action`, `${key}/unwrap/action`]

const sound = [
  held('owner', []),
  held('admin-1', roles.administrator.dataActions),
  held('EXCHANGE-object', encryptionUser),
  held('app-object', roles.keeper.dataActions)
]

const expected = {
  authorization: 'rbac',
  slot: 1,
  namePrefix: 'Contoso',
  workload: 'exchange',
  administrators: ['admin-1'],
  servicePrincipalObjectId: 'exchange-object',
  slotIdentityObjectId: 'app-object',
  adopted: false
} as const

const found = (...more: readonly DataRole[]) =>
  findingsOf(
    permissionChecks,
    { name: 'Contoso-CK-EX-NA-VaultA1', accessPolicies: permissionsOfRoles([...sound, ...more]) },
    expected
  )

describe('a role under a condition', () => {
  const condition = "((!(ActionMatches{'Microsoft.KeyVault/vaults/keys/read'})))"
  const role = { roleName: 'ROLE', scope: 'SCOPE', condition }

  test('allows what it says, and gives nobody what they need; it goes before the one without', () => {
    const [owner, , service, app] = sound
    const limited = { ...held('admin-1', roles.administrator.dataActions), ...role }
    const accessPolicies = permissionsOfRoles([owner, limited, service, app].flatMap((each) => each ?? []))
    const findings = findingsOf(permissionChecks, { name: 'VAULT', accessPolicies }, expected)
    expect(Object.keys(findings)).toEqual(['vault-administrators'])
    expect(findings['vault-administrators']).toMatchObject({
      observed: matching(/^admin-1: .* under a condition$/),
      remedy: matching(/az role assignment delete --assignee admin-1 .* az role assignment create .*admin-1/)
    })
    expect(Object.keys(found({ ...held('stranger', [`${key}/purge/action`]), ...role }))).toEqual([
      'vault-no-delete',
      'vault-no-others'
    ])
  })
})

describe('roles in the words of access policies', () => {
  test('the roles of vaults allow what the article asks for, and nothing more', () => {
    const [administrator, service, app] = permissionsOfRoles(sound)
    expect(administrator?.keys.toSorted()).toEqual([...permissions.administrator].toSorted())
    expect(service?.keys).toEqual(['get', 'list', 'wrapkey', 'unwrapkey'])
    expect(app?.keys.toSorted()).toEqual([...permissions.slotIdentity].toSorted())
    expect(found()).toEqual({})
  })

  test('a wildcard stands for everything below it, and exceptions take from it', () => {
    const [all] = permissionsOfRoles([held('x', ['Microsoft.KeyVault/*'], [`${key}/*`])])
    expect(all?.keys).toEqual(['getrotationpolicy', 'setrotationpolicy'])
    expect(all?.secrets).toContain('purge')
    expect(permissionsOfRoles([held('x', ['*'])])[0]?.keys).toEqual(
      expect.arrayContaining(['delete', 'purge', 'wrapkey'])
    )
  })

  test('a role that reaches no vault is no permission', () => {
    expect(permissionsOfRoles([held('x', ['Microsoft.Storage/*']), held('y', [])])).toEqual([])
  })
})

describe('who holds a role at a vault or above it', () => {
  test.each([`${key}/delete`, `${key}/purge/action`, `${key}/*`, 'Microsoft.KeyVault/vaults/*', '*'])(
    'may not hold %s',
    (action) => {
      expect(found(held('a-group', [action]))).toMatchObject({
        'vault-no-delete': {
          requirement: 'R34',
          overridable: false,
          observed: matching(/a-group: .*/),
          remedy: matching(/az role assignment list --scope/)
        }
      })
    }
  )

  test('may be nobody but those of the plan', () => {
    expect(found(held('reader', [`${key}/read`]))).toMatchObject({
      'vault-no-others': { requirement: 'R34', observed: 'reader' }
    })
    expect(Object.keys(found(held('another service', encryptionUser)))).toEqual(['vault-right-service'])
    expect(Object.keys(found(held('admin-1', ['Microsoft.KeyVault/vaults/secrets/getSecret/action'])))).toEqual([
      'vault-no-others'
    ])
  })

  test('has a role more, or one less', () => {
    expect(Object.keys(found(held('admin-1', [`${key}/update/action`])))).toEqual(['vault-administrators'])
    const more = {
      ...held('admin-1', [`${key}/update/action`]),
      roleName: 'Key Vault Crypto Officer',
      scope: '/subscriptions/s'
    }
    const { 'vault-administrators': tooMuch } = findingsOf(
      permissionChecks,
      { name: 'V', accessPolicies: permissionsOfRoles([...sound, more]) },
      expected
    )
    expect(tooMuch?.remedy).toContain(
      'az role assignment delete --assignee admin-1 --role "Key Vault Crypto Officer" --scope /subscriptions/s'
    )
    expect(tooMuch?.remedy).not.toContain('create')
    const none = findingsOf(permissionChecks, { name: 'V', accessPolicies: [] }, expected)
    expect(none).toMatchObject({
      'vault-administrators': { remedy: matching(/--role "Customer Key administrator \(contoso slot 1\)"/) },
      'vault-service-principal': {
        remedy: matching(/--assignee-object-id exchange-object --role "Key Vault Crypto Service Encryption User"/)
      },
      'vault-slot-identity': { remedy: matching(/--role "Customer Key keeper \(contoso slot 1\)"/) }
    })
  })
})

test('the roles of vaults are known by what they permit, whatever they are called, and missing ones before anything is made', () => {
  const custom = (kind: keyof typeof roles, more: readonly string[] = []) => ({
    id: kind,
    roleName: 'Whatever',
    actions: roles[kind].actions,
    dataActions: [...roles[kind].dataActions, ...more],
    notActions: [],
    notDataActions: []
  })
  const all = (Object.keys(roles) as (keyof typeof roles)[]).map((kind) => custom(kind))
  expect([vaultRole(all, 'administrator')?.id, vaultRole(all, 'slotIdentity')?.id]).toEqual(['administrator', 'keeper'])
  expect(vaultRole([custom('administrator', [`${key}/purge/action`])], 'administrator')).toBeUndefined()
  expect(vaultRole([{ ...custom('keeper'), actions: ['*'] }], 'slotIdentity')).toBeUndefined()
  const slot = { slot: 2, subscriptionId: 's' } as const
  expect(findingsOf(vaultRoleChecks, { missing: [] }, slot)).toEqual({})
  expect(findingsOf(vaultRoleChecks, { missing: [roleName('administrator', 'Contoso', 2)] }, slot)).toMatchObject({
    'vault-roles': {
      requirement: 'R33',
      overridable: false,
      observed: 'missing: Customer Key administrator (contoso slot 2)',
      remedy: matching(/slot.bicep of slot 2 .* authorization=rbac/)
    }
  })
})
