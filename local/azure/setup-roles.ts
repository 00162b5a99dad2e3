import roles from '../../infra/roles.json' with { type: 'json' }
import { roleAssignments, roleDefinitions } from './arm/authorization/roles.ts'
import type { World } from './core/world.ts'
import type { Seed } from './seed-shape.ts'

/**
 * What a person does at the hand-off: takes the set-up role of one slot, and that of granting, from the app's identity, by the
 * commands of the task: what is held elsewhere, or through a group, stays.
 */
export function removeSetupRole(world: World, slot: 1 | 2): void {
  for (const { name, roleDefinition, scope, principalType } of roleAssignments(world).values()) {
    const role = roleDefinitions(world).get(roleDefinition.toLowerCase())
    const titles = [roles.setup.name, roles.granting.name]
    const isForSetUp =
      role?.roleName.endsWith(` slot ${slot})`) && titles.some((each) => role.roleName.startsWith(`${each} (`))
    const isGivenByDeployment = principalType === 'ServicePrincipal' && /^\/subscriptions\/[^/]+$/.test(scope)
    if (isForSetUp && isGivenByDeployment) roleAssignments(world).delete(name)
  }
}

/** What a person does before another onboarding. */
export function giveSetupRolesAgain(world: World, { roleAssignments: seeded }: Seed): void {
  for (const assignment of seeded) roleAssignments(world).set(assignment.name.toLowerCase(), assignment)
}
