import { expect, test } from 'vitest'
import {
  roleAssignments,
  roleDefinitions,
  type RoleDefinitionRecord
} from '../../local/azure/arm/authorization/roles.ts'
import type { World } from '../../local/azure/core/world.ts'
import type { ReachableAzure } from '../../local/azure/start.ts'
import { servicePrincipals } from '../../local/azure/graph/directory.ts'
import { groups } from '../../local/azure/graph/groups.ts'
import { settingsFor } from '../../local/azure/seed.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'

const group = '55555555-0000-4000-8000-000000000001'

test('a set-up role at a resource group, at a vault or through a group is still one; only with the last of them it is handed off', async () => {
  const played = await play(oneWorkload())
  const {
    plan,
    stage: { azure }
  } = played
  const { world } = azure
  const { subscriptionId, resourceGroup } = plan.slots[0]
  const self = identityOf(azure)
  const [policy] = plan.policies
  if (!policy) throw new Error('The plan has no policy.')
  const { vaultName } = policy.vaults[0]
  const inGroup = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`
  const setup = setupRoleIn(world)
  groups(world).set(group, { id: group, displayName: 'Builders', members: [self] })
  const places = [
    ['a', inGroup, self],
    ['b', `${inGroup}/providers/Microsoft.KeyVault/vaults/${vaultName}`, self],
    ['c', `/subscriptions/${subscriptionId}`, group]
  ] as const
  for (const [name, scope, principalId] of places) {
    const principalType = principalId === group ? 'Group' : 'ServicePrincipal'
    const record = { name, scope, roleDefinition: setup.name, principalId, principalType } as const
    roleAssignments(world).set(name, { ...record, createdOn: '2026-01-05T17:00:00.0000000Z' })
  }
  await played.start()

  for (const [index, [name]] of places.entries()) {
    const { findings } = await played.until(
      (view) => view.findings[0]?.observed.split(', ').length === places.length - index
    )
    expect(findings.map(({ code }) => code)).toEqual(['setup-role-removed-slot-1'])
    for (const [, scope] of places.slice(index))
      expect(findings[0]?.observed).toContain(`${setup.roleName} at ${scope}`)
    roleAssignments(world).delete(name)
    expect(await played.answer('retry-setup-role-removed-slot-1', 'alice@fabrikam.com', {})).toBe(202)
  }
  const { report } = await played.end()
  expect([report.outcome, report.findings]).toEqual(['completed', []])
}, 400_000)

/** Object id of the app's identity of slot 1. */
function identityOf({ world, seed }: ReachableAzure): string {
  const found = servicePrincipals(world).get((settingsFor(seed)['CKEY_SLOT1_CLIENT_ID'] ?? '').toLowerCase())
  if (!found) throw new Error('The directory has no identity of slot 1.')
  return found.id
}

function setupRoleIn(world: World): RoleDefinitionRecord {
  const found = roleDefinitions(world)
    .values()
    .find(({ roleName }) => /^Customer Key setup .* slot 1\)$/.test(roleName))
  if (!found) throw new Error('There is no set-up role of slot 1.')
  return found
}
