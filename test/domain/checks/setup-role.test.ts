import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { setupRole, setupRoleChecks, setupRoleNames, type OwnRole } from '../../../src/domain/checks/setup-role.ts'
import { findingsOf } from '../holding.ts'
import { matching } from '../matching.ts'

interface Role {
  readonly name: string
  readonly actions: readonly string[]
}
const { setup, guard, granting } = JSON.parse(readFileSync('infra/roles.json', 'utf8')) as Record<
  'setup' | 'guard' | 'granting',
  Role
>
const own = { principalId: 'app-object', objectId: 'app-object', identity: 'slot-1' } as const
const held = ({ name, actions }: Role) => ({
  roleName: `${name} (contoso slot 1)`,
  scope: '/subscriptions/s',
  actions,
  ...own
})
const found = (...roles: OwnRole[]) => findingsOf(setupRoleChecks, { roles }, undefined)

test('the guard role may stay: it only reads', () => {
  expect(found(held(guard))).toEqual({})
})

test('the set-up role must go, by a command that names it as the deployment does', () => {
  const slot = { slot: 1, namePrefix: 'Contoso' } as const
  expect(setupRoleNames({ ...slot, authorization: 'access-policies' })).toEqual([held(setup).roleName])
  expect(setupRoleNames({ ...slot, authorization: 'rbac' })).toEqual([held(setup).roleName, held(granting).roleName])
  expect(found(held(guard), held(setup))).toMatchObject({
    'setup-role-removed': {
      requirement: 'R34',
      overridable: false,
      observed: 'Customer Key setup (contoso slot 1) at /subscriptions/s (identity slot-1)',
      remedy: matching(
        /--assignee app-object --role "Customer Key setup \(contoso slot 1\)" --scope \/subscriptions\/s, then retry/
      )
    }
  })
})

test('the role for the set-up is known by what it permits, whatever it is called', () => {
  const named = (role: Role, roleName: string) => ({ ...held(role), roleName })
  expect(setupRole([held(guard), held(granting), named(setup, 'Ours')])?.roleName).toBe('Ours')
  expect(setupRole([held(guard), { actions: ['*'] }])).toBeUndefined()
})

test('any other role that changes something must go as well', () => {
  expect(found({ roleName: 'Owner', scope: '/', actions: ['*'], ...own })).toMatchObject({
    'setup-role-removed': { observed: 'Owner at / (identity slot-1)' }
  })
})

test('a role that is held through a group goes by leaving the group, which others may need', () => {
  const scope = '/subscriptions/s/resourceGroups/g'
  expect(found({ roleName: 'Contributor', scope, actions: ['*'], ...own, principalId: 'a-group' })).toMatchObject({
    'setup-role-removed': {
      observed: `Contributor at ${scope} (identity slot-1)`,
      remedy: matching(/az ad group member remove --group a-group --member-id app-object/)
    }
  })
})
