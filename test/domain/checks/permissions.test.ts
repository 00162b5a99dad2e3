import type { AccessPolicy } from '../../../src/domain/resources/vault.ts'
import { describe, expect, test } from 'vitest'
import type { RoleHolder } from '../../../src/domain/resources/role.ts'
import { contributorChecks, contributorsAmong } from '../../../src/domain/checks/contributor.ts'
import { permissionChecks } from '../../../src/domain/checks/permissions.ts'
import { permissions } from '../../../src/domain/terms/permissions.ts'
import { findingsOf } from '../holding.ts'
import { matching } from '../matching.ts'

const expected = {
  authorization: 'access-policies',
  slot: 1,
  namePrefix: 'Contoso',
  workload: 'exchange',
  administrators: ['admin-1', 'admin-2'],
  servicePrincipalObjectId: 'exchange-object',
  slotIdentityObjectId: 'app-object',
  adopted: false
} as const

const entry = (objectId: string, keys: readonly string[], more: Partial<AccessPolicy> = {}): AccessPolicy => ({
  objectId,
  applicationId: undefined,
  keys,
  secrets: [],
  certificates: [],
  storage: [],
  ...more
})

const sound: readonly AccessPolicy[] = [
  entry(
    'ADMIN-1',
    permissions.administrator.map((key) => key.toUpperCase())
  ),
  entry('admin-2', permissions.administrator),
  entry('exchange-object', ['get', 'wrapkey', 'unwrapkey']),
  entry('app-object', permissions.slotIdentity)
]

const found = (accessPolicies: readonly AccessPolicy[]) =>
  findingsOf(permissionChecks, { name: 'Contoso-CK-EX-NA-VaultA1', accessPolicies }, expected)

/** The sound policy with one principal's entry replaced. */
const changed = (objectId: string, keys: readonly string[], more: Partial<AccessPolicy> = {}) =>
  found(sound.map((each) => (each.objectId === objectId ? entry(objectId, keys, more) : each)))

describe('the access policy of a vault', () => {
  test('passes with exactly what each may do, in any case', () => {
    expect(found(sound)).toEqual({})
  })

  test('holds the article’s three sets, word for word', () => {
    expect([...permissions.administrator].sort()).toEqual(['backup', 'create', 'get', 'import', 'list', 'restore'])
    expect([...permissions.servicePrincipal].sort()).toEqual(['get', 'unwrapKey', 'wrapKey'])
  })

  test('lacks an administrator', () => {
    expect(found(sound.filter(({ objectId }) => objectId !== 'admin-2'))).toMatchObject({
      'vault-administrators': { requirement: 'R33', observed: matching(/admin-2: nothing/) }
    })
  })

  test('gives an administrator one permission less, or one more', () => {
    expect(Object.keys(changed('admin-2', permissions.administrator.slice(1)))).toEqual(['vault-administrators'])
    expect(Object.keys(changed('admin-2', [...permissions.administrator, 'update']))).toEqual(['vault-administrators'])
  })

  test.each(['delete', 'Purge', 'all'])('lets an administrator %s', (key) => {
    expect(changed('admin-2', [...permissions.administrator, key])).toMatchObject({
      'vault-no-delete': { requirement: 'R34', overridable: false }
    })
  })

  test('lets this app purge', () => {
    expect(changed('app-object', [...permissions.slotIdentity, 'purge'])).toMatchObject({
      'vault-no-delete': { requirement: 'R34' },
      'vault-slot-identity': { overridable: false }
    })
  })

  test('does not let Microsoft’s service unwrap', () => {
    expect(changed('exchange-object', ['get', 'wrapKey'])).toMatchObject({
      'vault-service-principal': {
        requirement: 'R36',
        remedy: matching(/00000002-0000-0ff1-ce00-000000000000/)
      }
    })
  })

  test('lets Microsoft’s service do so only through some application: that entry is not the service’s own', () => {
    const through = { applicationId: '99999999-0000-4000-8000-000000000009' }
    expect(changed('exchange-object', permissions.servicePrincipal, through)).toMatchObject({
      'vault-service-principal': { observed: 'nothing' },
      'vault-right-service': { observed: matching(/exchange-object through application 99999999/) }
    })
    expect(Object.keys(changed('admin-2', permissions.administrator, through))).toEqual([
      'vault-administrators',
      'vault-no-others'
    ])
  })

  test('lets an administrator manage storage accounts', () => {
    expect(Object.keys(changed('admin-2', permissions.administrator, { storage: ['get'] }))).toEqual([
      'vault-no-others'
    ])
  })

  test('is open to another service than the vault’s', () => {
    const other = entry('sharepoint-object', permissions.servicePrincipal)
    const swapped = sound.map((each) => (each.objectId === 'exchange-object' ? other : each))
    expect(Object.keys(found(swapped))).toEqual(['vault-service-principal', 'vault-right-service'])
  })

  test('is open to another service besides', () => {
    const findings = found([...sound, entry('sharepoint-object', permissions.servicePrincipal)])
    expect(findings).toMatchObject({ 'vault-right-service': { requirement: 'R38', overridable: false } })
    expect(Object.keys(findings)).toEqual(['vault-right-service'])
  })

  test('is open to somebody who only looks', () => {
    expect(found([...sound, entry('stranger', ['get'])])).toMatchObject({
      'vault-no-others': { requirement: 'R34', observed: 'stranger' }
    })
  })

  test('has an entry of another tenant, which gives nothing for sure and may give anything', () => {
    const elsewhere = { doubt: 'of tenant another' }
    expect(changed('exchange-object', permissions.servicePrincipal, elsewhere)).toMatchObject({
      'vault-service-principal': { observed: 'get, wrapkey, unwrapkey of tenant another' }
    })
    expect(Object.keys(changed('admin-2', permissions.administrator, elsewhere))).toEqual(['vault-administrators'])
    expect(Object.keys(found([...sound, entry('stranger', ['purge'], elsewhere)]))).toEqual([
      'vault-no-delete',
      'vault-no-others'
    ])
  })

  test('spreads one principal over two entries', () => {
    const split = sound.flatMap((each) => each.keys.map((key) => entry(each.objectId, [key])))
    expect(found(split)).toEqual({})
  })

  test('lets somebody read secrets', () => {
    const findings = changed('admin-2', permissions.administrator, { secrets: ['get'] })
    expect(Object.keys(findings)).toEqual(['vault-no-others'])
  })

  test('is empty', () => {
    expect(Object.keys(found([]))).toEqual([
      'vault-administrators',
      'vault-service-principal',
      'vault-right-service',
      'vault-slot-identity'
    ])
  })
})

describe('a vault’s contributors', () => {
  const vaultId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v'
  const role = (roleName: string, change: Partial<RoleHolder> = {}): RoleHolder => ({
    roleName,
    actions: ['*'],
    dataActions: [],
    notActions: [],
    notDataActions: [],
    principalId: 'p',
    principalType: 'User',
    scope: '/subscriptions/s',
    ...change
  })
  const among = (authorization: 'access-policies' | 'rbac', ...roles: RoleHolder[]) =>
    contributorsAmong(roles, { vaultId, authorization }).map(({ roleName }) => roleName)
  const seen = (isPeople: boolean) =>
    findingsOf(
      contributorChecks,
      { principals: [{ principalId: 'p', roleName: 'Owner', isPeople }] },
      { vaultId, authorization: 'access-policies' }
    )

  test('are those who may assign roles where Azure RBAC decides', () => {
    const access = role('Key Vault Data Access Administrator', {
      actions: ['Microsoft.Authorization/roleAssignments/write']
    })
    expect(among('rbac', access, role('Owner'), role('Contributor'), role('Reader'))).toEqual([
      'Key Vault Data Access Administrator',
      'Owner'
    ])
    expect(among('access-policies', access, role('Owner'), role('Contributor'), role('Reader'))).toEqual([
      'Owner',
      'Contributor'
    ])
  })

  test.each(['/', '/providers/Microsoft.Management/managementGroups/root', '/subscriptions/S', vaultId])(
    'hold their role at %s',
    (scope) => {
      expect(among('access-policies', role('Owner', { scope }))).toEqual(['Owner'])
    }
  )

  test.each([`${vaultId}/keys/k`, '/subscriptions/other', `${vaultId}2`, '/subscriptions/s2'])(
    'are not those who hold it at %s',
    (scope) => {
      expect(among('access-policies', role('Owner', { scope }))).toEqual([])
    }
  )

  test('are not those whose role only has the name, or takes away what it gives', () => {
    expect(among('access-policies', role('Contributor', { actions: ['*/read'] }))).toEqual([])
    expect(among('access-policies', role('Contributor', { notActions: ['Microsoft.KeyVault/*/write'] }))).toEqual([])
    expect(among('rbac', role('Owner', { notActions: ['Microsoft.Authorization/*/Write'] }))).toEqual([])
  })

  test('are not those whose role has a condition, where roles decide: it limits which roles they may give', () => {
    const limited = role('Owner', {
      condition: "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})))"
    })
    const [under, free] = (['rbac', 'access-policies'] as const).map((authorization) =>
      contributorsAmong([limited], { vaultId, authorization }).map(({ condition }) => condition)
    )
    expect([under, free]).toEqual([[limited.condition], [undefined]])
    const principals = [{ principalId: 'p', roleName: 'Owner', isPeople: false, isLimited: true as const }]
    expect(findingsOf(contributorChecks, { principals }, { vaultId, authorization: 'rbac' })).toMatchObject({
      'vault-contributor': { observed: 'p (Owner under a condition)' }
    })
  })

  test('are people: one is enough, and anything else is none', () => {
    expect(seen(true)).toEqual({})
    expect(seen(false)).toMatchObject({
      'vault-contributor': {
        requirement: 'R35',
        observed: 'p (Owner, no person)',
        remedy: matching(/--scope \/subscriptions\/s/),
        overridable: true
      }
    })
  })
})
