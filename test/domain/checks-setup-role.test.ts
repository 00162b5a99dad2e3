import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { setupRoleChecks, setupRoleNames } from '../../src/domain/checks-setup-role.ts'
import { findingsOf } from './holding.ts'
import { matching } from './matching.ts'

interface Role { readonly name: string; readonly actions: readonly string[] }
const { setup, guard, granting } = JSON.parse(readFileSync('infra/roles.json', 'utf8')) as Record<'setup' | 'guard' | 'granting', Role>
const held = ({ name, actions }: Role) => ({ roleName: `${name} (slot 1)`, scope: '/subscriptions/s', actions })
const found = (...roles: ReturnType<typeof held>[]) => findingsOf(setupRoleChecks, { slot: 1, objectId: 'app-object', roles })

test('the guard role may stay: it only reads', () => {
  expect(found(held(guard))).toEqual({})
})

test('the set-up role must go, by a command that names it as the deployment does', () => {
  expect(setupRoleNames(1, 'access-policies')).toEqual([held(setup).roleName])
  expect(setupRoleNames(1, 'rbac')).toEqual([held(setup).roleName, held(granting).roleName])
  expect(found(held(guard), held(setup))).toMatchObject({
    'setup-role-removed': {
      requirement: 'R34', overridable: false, observed: 'Customer Key setup (slot 1)',
      remedy: matching(/--assignee app-object --role "Customer Key setup \(slot 1\)" --scope \/subscriptions\/s, then retry/)
    }
  })
})

test('any other role that changes something must go as well', () => {
  expect(found({ roleName: 'Owner', scope: '/', actions: ['*'] })).toMatchObject({ 'setup-role-removed': { observed: 'Owner' } })
})
