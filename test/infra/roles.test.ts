import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import roles from '../../infra/roles.json' with { type: 'json' }
import published from '../contract/permissions.json' with { type: 'json' }
import { seedRoles } from '../../local/azure/seed-roles.ts'
import { seedFor } from '../../local/azure/seed.ts'
import { adderRights, writerRights } from '../../local/azure/storage/accounts.ts'
import { covers } from '../../src/domain/checks/role-permissions.ts'

const every = Object.entries(roles).flatMap(([kind, { actions, dataActions }]) =>
  [...actions, ...dataActions].map((action) => ({ kind, action }))
)

test('no role can delete, purge, unregister, disable, assign roles or reach a key, but for those of vaults under Azure RBAC', () => {
  const dangerous =
    /delete|purge|unregister|roleAssignments\/write|roleDefinitions\/write|vaults\/keys|listkeys|runAsSuperUser|deploy/i
  const harmless = /^Microsoft\.KeyVault\/(locations\/)?deletedVaults\/read$/
  const found = every.filter(({ action }) => dangerous.test(action) && !harmless.test(action))
  expect(found.filter(({ kind }) => !['granting', 'administrator', 'keeper'].includes(kind))).toEqual([])
  expect(found.filter(({ action }) => /delete|purge/i.test(action))).toEqual([])
  expect(roles.granting.actions).toEqual(['Microsoft.Authorization/roleAssignments/write'])
  expect([...roles.administrator.actions, ...roles.keeper.actions]).toEqual([])
})

test('a rehearsal’s app may write its records and locks, and only add to its ledger, as the deployed one', () => {
  const { storage, identities } = seedFor({
    organization: { tenantId: 't', domain: 'b.c' },
    namePrefix: 'Contoso',
    subscriptions: [{ slot: 1, id: 'one', operators: ['a@b.c'] }]
  })
  const { objectId } = identities.app
  expect(storage.records.assignments).toEqual([
    { objectId, container: 'records', rights: writerRights },
    { objectId, container: 'locks', rights: writerRights },
    { objectId, container: 'ledger', rights: adderRights }
  ])
})

test('one wildcard is in one role: the registration of providers, until the hand-off', () => {
  expect(every.filter(({ action }) => action.includes('*'))).toEqual([{ kind: 'setup', action: '*/register/action' }])
  for (const action of published.actions.filter((each) => covers('*/register/action', each)))
    expect(roles.setup.actions, action).toContain(action)
})

test('how wide that wildcard is, is said where an auditor reads it', () => {
  for (const text of [roles.setup.reasons['*/register/action'], readFileSync('SECURITY.md', 'utf8')])
    expect(text).toMatch(/any resource provider and any\s+preview feature of/)
})

/** One that is in no list voids the whole role: Azure refuses its definition. */
test('every action of our roles, and every one an alert waits for, is in the list that Microsoft publishes', () => {
  const listed = (all: readonly string[]) => new Set(all.map((each) => each.toLowerCase()))
  const actions = listed([...published.actions, ...published.patterns])
  const dataActions = listed(published.dataActions)
  for (const [kind, role] of Object.entries(roles)) {
    for (const action of role.actions) expect(actions, kind).toContain(action.toLowerCase())
    for (const action of role.dataActions) expect(dataActions, kind).toContain(action.toLowerCase())
  }
  const alerts = readFileSync('infra/modules/slot-alerts.bicep', 'utf8')
  const awaited = [...alerts.matchAll(/^ +'(Microsoft\.[\w/.]+)'$/gm)].map(([, action = '']) => action.toLowerCase())
  expect(awaited.length).toBeGreaterThan(15)
  for (const action of awaited) expect(actions).toContain(action)
})

test('each list is named with its file and commit, and none more is named than is used', () => {
  const sources = Object.values(published.sources)
  const namespaces = [...published.actions, ...published.dataActions].map((action) => action.split('/', 1)[0])
  expect(sources.flatMap((source) => source.namespaces).toSorted()).toEqual([...new Set(namespaces)].toSorted())
  for (const { commit } of sources) expect(commit).toMatch(/^[0-9a-f]{40}$/)
})

test('guard, which stays after the hand-off, only reads, and nothing that setup may not', () => {
  expect(roles.guard.actions.filter((action) => !action.endsWith('/read'))).toEqual([])
  expect(roles.guard.actions.filter((action) => !roles.setup.actions.includes(action))).toEqual([])
})

test('drill only makes vaults and lets the app into them, as setup does', () => {
  expect(roles.drill.actions.filter((action) => !roles.setup.actions.includes(action))).toEqual([])
  expect(roles.drill).toMatchObject({
    actions: [expect.stringMatching(/vaults\/write$/), expect.stringMatching(/accessPolicies\/write$/)],
    dataActions: []
  })
})

test('a rehearsal under Azure RBAC has the roles of vaults, and each slot’s identity may give these and no other', () => {
  const slots = [{ slot: 1, id: 'one', operators: ['a@b.c'] }] as never
  const { roleDefinitions, roleAssignments } = seedRoles({
    tenantId: 't',
    namePrefix: 'Contoso',
    slots,
    identities: [],
    authorization: 'rbac'
  })
  const named = (name: string) => roleDefinitions.find(({ roleName }) => roleName === `${name} (contoso slot 1)`)
  expect(named('Customer Key administrator')?.dataActions).toEqual(roles.administrator.dataActions)
  expect(named('Customer Key keeper')?.dataActions).toEqual(roles.keeper.dataActions)
  const given = roleAssignments.filter(({ condition }) => condition !== undefined)
  expect(given.map(({ roleDefinition }) => roleDefinition)).toEqual([named('Customer Key granting')?.name])
  for (const name of ['Customer Key administrator', 'Customer Key keeper'])
    expect(given[0]?.condition).toContain(named(name)?.name)
})

test('a rehearsal grants the rights that Azure will grant', () => {
  const slots = [
    { slot: 1, id: 'one', operators: ['a@b.c'] },
    { slot: 2, id: 'two', operators: ['d@b.c'] }
  ] as never
  const { roleDefinitions } = seedRoles({
    tenantId: 't',
    namePrefix: 'Contoso',
    slots,
    identities: [],
    authorization: 'access-policies'
  })
  const custom = roleDefinitions
    .filter(({ roleType }) => roleType === 'CustomRole')
    .map(({ roleName, actions }) => [roleName, actions])
  expect(custom).toEqual(
    [1, 2].flatMap((slot) => [
      [`Customer Key setup (contoso slot ${slot})`, roles.setup.actions],
      [`Customer Key guard (contoso slot ${slot})`, roles.guard.actions]
    ])
  )
  const blobs = (rights: readonly string[]) =>
    rights.filter((right) => right.startsWith('blobs/')).map((right) => right.replace(/add$/, 'add/action'))
  const granted = (actions: readonly string[]) => actions.map((action) => action.replace(/.*containers\//, ''))
  expect(granted(roles.store.dataActions)).toEqual(blobs(adderRights))
  expect(granted(roles.locks.dataActions).toSorted()).toEqual(blobs(writerRights).toSorted())
  expect(granted(roles.records.dataActions).toSorted()).toEqual(blobs(writerRights).toSorted())
})

test('every right of every role has a reason of its own, and there is no reason without a right', () => {
  for (const [kind, { actions, dataActions, reasons }] of Object.entries(roles)) {
    expect(Object.keys(reasons), kind).toEqual([...actions, ...dataActions])
    for (const [action, reason] of Object.entries(reasons)) expect(reason, `${kind} ${action}`).toMatch(/^[A-Z].{14,}$/)
    expect(new Set(actions).size, kind).toBe(actions.length)
  }
})
