import { never, type Check } from './checks.ts'
import type { Choices } from '../terms/choices.ts'
import type { Slot } from '../terms/evidence.ts'
import { roleName } from '../terms/role-names.ts'

/** What the app's own identity of one slot may do with its subscription. */
export interface OwnRolesSeen {
  readonly slot: Slot
  readonly objectId: string
  readonly roles: readonly { readonly roleName: string; readonly scope: string; readonly actions: readonly string[] }[]
}

/** Once all is set up the app needs to read and to back up: the right to change vaults and permissions goes (R34). */
export const setupRoleChecks: readonly Check<OwnRolesSeen>[] = [
  {
    code: 'setup-role-removed',
    requirement: 'R34',
    expected: 'this app may only read',
    holds: (seen) => changing(seen).length === 0,
    describe: (seen) =>
      changing(seen)
        .map(({ roleName }) => roleName)
        .join(', ') || 'it may only read',
    remedy: (seen) =>
      `Run ${changing(seen)
        .map((role) => removal(seen.objectId, role))
        .join(' and ')}, then retry.`,
    overridable: never
  }
]

/** The roles that `infra/slot.bicep` gives a slot's identity for the set-up; the second where Azure RBAC guards the vaults. */
export const setupRoleNames = ({
  slot,
  namePrefix,
  authorization
}: {
  readonly slot: Slot
  readonly namePrefix: string
  readonly authorization: Choices['authorization']
}): string[] => [
  roleName('setup', namePrefix, slot),
  ...(authorization === 'rbac' ? [roleName('granting', namePrefix, slot)] : [])
]

/** The role for the set-up among those of a subscription, whatever its name: it makes vaults and asks for the registration. */
export const setupRole = <Role extends { readonly actions: readonly string[] }>(
  roles: readonly Role[]
): Role | undefined =>
  roles.find(({ actions }) =>
    ['Microsoft.KeyVault/vaults/write', 'Microsoft.Features/providers/features/register/action'].every((needed) =>
      actions.includes(needed)
    )
  )

/** How a person takes a role away. */
export const removal = (
  objectId: string,
  { roleName, scope }: { readonly roleName: string; readonly scope: string }
): string => `az role assignment delete --assignee ${objectId} --role "${roleName}" --scope ${scope}`

const changing = ({ roles }: OwnRolesSeen): OwnRolesSeen['roles'] =>
  roles.filter(({ actions }) => actions.some((action) => !/\/read$/i.test(action)))
