import { expect, test } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import { propagation } from '../../local/azure/arm/propagation.ts'
import { roleAssignments, roleDefinitions } from '../../local/azure/arm/authorization/roles.ts'
import { vaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { testMark } from '../../src/domain/terms/choices.ts'
import { play } from './played.ts'
import { subscriptionIds } from '../app/requests.ts'
import { oneWorkload } from './requests.ts'
import { added, removed, type Spoil } from './spoil.ts'

const lastSecond = Date.parse('9999-12-31T00:00:00Z') / 1000

test('a test runs from plan to hand-off with Standard vaults and software keys, marked wherever people look', {
  timeout: 120_000
}, async () => {
  const request = { ...oneWorkload(), purpose: 'test', sku: 'standard' } as const
  const played = await play(request)
  const {
    stage: { azure, host },
    plan
  } = played
  const page = async (path: string) =>
    (await fetch(`${await host.ready}/api/${path}`, { headers: { 'x-local-user': 'alice@fabrikam.com' } })).text()
  await played.start()
  await played.until((view) => view.status === 'completed')
  for (const path of [
    'ui',
    `ui/onboardings/${plan.id}`,
    `ui/onboardings/${plan.id}/plan`,
    `ui/onboardings/${plan.id}/evidence`
  ]) {
    expect(await page(path), path).toContain(testMark)
  }
  expect(
    vaults(azure.world)
      .values()
      .map(({ properties }) => properties.sku.name)
  ).toEqual(['standard', 'standard'])
  expect(
    keysOf(azure.world)
      .values()
      .flatMap(({ versions }) => versions.map(({ kty }) => kty))
  ).toEqual(['RSA', 'RSA'])
  for (const format of ['md', 'html'])
    expect(await page(`onboardings/${plan.id}/hand-off?format=${format}`)).toContain(`REHEARSAL · ${testMark}`)
  const [toMicrosoft, toOperators] = [true, false].map((asked) =>
    outbox(azure.world)
      .values()
      .filter(({ to }) => to.some((address) => address.endsWith('@microsoft.com')) === asked)
  )
  expect(toMicrosoft?.map(({ subject }) => subject)).toEqual(['Customer Key for fabrikam.com'])
  expect(toOperators?.filter(({ subject }) => !subject.includes(testMark))).toEqual([])
  const { handOff } = await played.end()
  expect(handOff).toMatchObject({ purpose: 'test', banner: `REHEARSAL · ${testMark}`, counts: { notProved: 0 } })
  expect(handOff?.policies.flatMap((policy) => policy.vaults).map(({ sku, keyType }) => [sku, keyType])).toEqual([
    ['standard', 'RSA'],
    ['standard', 'RSA']
  ])
})

test('keys are imported by people, each to its own vault, and a date on one is set to the last day', {
  timeout: 120_000
}, async () => {
  const played = await play({ ...oneWorkload(), keys: 'imported' })
  const {
    stage: { azure }
  } = played
  await played.start()
  await played.until((view) => view.status === 'completed')
  const calls = azure.journal
    .entries()
    .filter(({ service, operation }) => service === 'keyvault' && operation !== 'challenge')
  const { slots } = azure.seed.identities
  const byPeople = calls.filter(({ callerClientId }) => !slots.some(({ clientId }) => clientId === callerClientId))
  expect(byPeople.map(({ operation, status }) => [operation, status])).toEqual(Array(2).fill(['keys.import', 200]))
  expect(calls.filter(({ operation }) => operation === 'keys.create')).toEqual([])
  const keys = keysOf(azure.world)
    .values()
    .toSorted((a, b) => a.name.localeCompare(b.name))
  const [first, second] = keys.map(({ versions }) => versions)
  expect(first).toMatchObject([{ kty: 'RSA-HSM', size: 3072, operations: ['wrapKey', 'unwrapKey'] }])
  expect(first?.[0]?.expires).toBeUndefined()
  expect(second).toMatchObject([{ kty: 'RSA-HSM', expires: lastSecond }])
  const { handOff } = await played.end()
  expect(handOff).toMatchObject({ counts: { notProved: 0 } })
  expect(handOff?.vaultTasks.map(({ task, by }) => [task, by])).toEqual([
    ['import-fabri-ck-sp-eur-vaulta1', 'alice@fabrikam.com'],
    ['import-fabri-ck-sp-eur-vaulta2', 'bob@fabrikam.com']
  ])
})

test('a date on a key that was there before is a finding, and is set to the last day on an operator’s word', {
  timeout: 120_000
}, async () => {
  const played = await play(oneWorkload())
  const { world } = played.stage.azure
  const id = 'fabri-ck-sp-eur-vaulta1/fabri-ck-sp-eur-vaulta1-key001'
  const version = {
    version: 'e'.repeat(32),
    kty: 'RSA-HSM',
    size: 3072,
    operations: ['wrapKey', 'unwrapKey'],
    enabled: true
  }
  const dates = { created: 1_790_000_000, updated: 1_790_000_000, expires: 1_900_000_000 }
  keysOf(world).set(id, {
    name: 'Fabri-CK-SP-EUR-VaultA1-Key001',
    versions: [{ ...version, ...dates, tags: {}, seed: 'made before' }]
  })
  const code = 'key-expiry-fabri-ck-sp-eur-vaulta1'
  await played.start()
  const { tasks } = await played.until((view) => view.findings.some((finding) => finding.code === code))
  expect(tasks.map(({ name }) => name)).not.toContain(`override-${code}`)
  expect(keysOf(world).get(id)?.versions[0]?.expires).toBe(dates.expires)
  expect(await played.answer(`mend-${code}`, 'alice@fabrikam.com', {})).toBe(202)
  await played.until((view) => view.status === 'completed')
  expect(keysOf(world).get(id)?.versions).toMatchObject([{ version: version.version, expires: lastSecond }])
  const { handOff } = await played.end()
  expect(handOff?.vaultTasks).toMatchObject([{ task: `mend-${code}`, by: 'alice@fabrikam.com' }])
})

/** A role that lets its holder delete keys, given to a group far above the vaults. */
const destroyer: Spoil = (azure) => {
  const dataActions = ['Microsoft.KeyVault/vaults/keys/delete', 'Microsoft.KeyVault/vaults/keys/purge/action']
  const names = { name: '11111111-0000-4000-8000-000000000001', roleName: 'Key janitor' }
  const role = { ...names, roleType: 'CustomRole', description: '' } as const
  const none = { actions: [], notActions: [], notDataActions: [], assignableScopes: ['/'] }
  roleDefinitions(azure.world).set(role.name, { ...role, ...none, dataActions })
  const given = {
    name: 'far-above',
    scope: `/subscriptions/${subscriptionIds[0]}`,
    roleDefinition: role.name,
    principalType: 'Group'
  } as const
  const group = '99999999-0000-4000-8000-000000000009'
  return added(roleAssignments, given.name, {
    ...given,
    principalId: group,
    createdOn: '2026-01-05T17:00:00.0000000Z'
  })(azure)
}

test('under Azure RBAC roles stand for the permission sets, and one that an outsider inherits is a finding', {
  timeout: 120_000
}, async () => {
  const played = await play({ ...oneWorkload(), authorization: 'rbac' })
  const { azure } = played.stage
  propagation(azure.world).set('propagation', { accessPolicyMs: 0, nameMs: 0, roleMs: 5 * 60_000 })
  const cure = destroyer(azure)
  await played.start()
  const { findings } = await played.until((view) => view.findings.length === 2)
  expect(findings.map(({ code, requirement }) => [code, requirement])).toEqual([
    ['vault-no-delete-fabri-ck-sp-eur-vaulta1', 'R34'],
    ['vault-no-others-fabri-ck-sp-eur-vaulta1', 'R34']
  ])
  expect(findings[0]?.observed).toMatch(/^99999999-0000-4000-8000-000000000009: .*delete.*purge/)
  cure()
  expect(await played.answer('retry-vault-no-delete-fabri-ck-sp-eur-vaulta1', 'alice@fabrikam.com', {})).toBe(202)
  await played.until((view) => view.status === 'completed')
  const made = vaults(azure.world)
    .values()
    .map(({ properties: { enableRbacAuthorization, accessPolicies } }) => [
      enableRbacAuthorization,
      accessPolicies.length
    ])
  expect(made).toEqual([
    [true, 0],
    [true, 0]
  ])
  const name = (id: string) => roleDefinitions(azure.world).get(id)?.roleName ?? id
  const atVaults = roleAssignments(azure.world)
    .values()
    .filter(({ scope }) => scope.includes('/vaults/'))
  expect(atVaults.map(({ roleDefinition, principalType }) => [name(roleDefinition), principalType]).toSorted()).toEqual(
    [
      ['Customer Key administrator (fabri slot 1)', 'User'],
      ['Customer Key administrator (fabri slot 2)', 'User'],
      ['Customer Key administrator (fabri slot 2)', 'User'],
      ['Customer Key keeper (fabri slot 1)', 'ServicePrincipal'],
      ['Customer Key keeper (fabri slot 2)', 'ServicePrincipal'],
      ['Key Vault Crypto Service Encryption User', 'ServicePrincipal'],
      ['Key Vault Crypto Service Encryption User', 'ServicePrincipal']
    ]
  )
  const calls = azure.journal.entries().map(({ operation, status }) => `${operation} ${String(status)}`)
  expect(calls).not.toContain('vaults.updateAccessPolicy 200')
  expect(calls.some((call) => /^keys\.\w+ 403$/.test(call))).toBe(true) // until Azure had heard of the role
  const { handOff } = await played.end()
  expect(handOff?.counts.notProved).toBe(0)
})

test('under Azure RBAC roles that the deployment did not make are known before anything is made', {
  timeout: 60_000
}, async () => {
  const played = await play({ ...oneWorkload(), authorization: 'rbac' })
  const { world } = played.stage.azure
  const keeper = roleDefinitions(world)
    .values()
    .find(({ roleName }) => roleName === 'Customer Key keeper (fabri slot 2)')
  const cure = removed(roleDefinitions, keeper?.name ?? '')(played.stage.azure)
  await played.start()
  const { findings, step } = await played.until((view) => view.findings.length > 0)
  expect([step, findings.map(({ code, observed }) => [code, observed])]).toEqual([
    'preflight',
    [['vault-roles-slot-2', 'missing: Customer Key keeper (fabri slot 2)']]
  ])
  cure()
  await played.answer('retry-vault-roles-slot-2', 'bob@fabrikam.com', {})
  await played.until((view) => view.step !== 'preflight')
})

test('where nobody but the app may change a vault’s permissions, somebody of the slot is asked to see to it', {
  timeout: 120_000
}, async () => {
  const played = await play(oneWorkload())
  const { azure } = played.stage
  const owner = roleAssignments(azure.world)
    .values()
    .find(({ scope, principalType }) => principalType === 'User' && scope.includes(subscriptionIds[0]))
  const cure = removed(roleAssignments, owner?.name ?? '')(azure)
  await played.start()
  const task = 'assign-contributor-fabri-ck-sp-eur-vaulta1'
  const { tasks, findings } = await played.until((view) => view.tasks.some(({ name }) => name === task))
  expect(findings).toEqual([])
  expect(tasks.find(({ name }) => name === task)?.asks).toMatch(
    /Run az role assignment create .* --role "Contributor" --scope \/subscriptions\//
  )
  expect(await played.answer(task, 'bob@fabrikam.com', {})).toBe(403)
  cure()
  expect(await played.answer(task, 'alice@fabrikam.com', {})).toBe(202)
  await played.until((view) => view.status === 'completed')
  const { handOff } = await played.end()
  expect(handOff?.vaultTasks).toMatchObject([{ task, by: 'alice@fabrikam.com' }])
  expect(handOff?.requirements.find(({ id }) => id === 'R35')?.status).toBe('proved')
})
