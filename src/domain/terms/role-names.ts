import type { Slot } from './evidence.ts'

/**
 * How `infra/slot.bicep` names a role, e.g. `Customer Key setup (contoso slot 1)`: names are unique in a whole directory.
 * To be read by people. The app itself finds a role by what it permits, so one of another name serves as well.
 */
export const roleName = (title: RoleTitle, namePrefix: string, slot: Slot): string =>
  `Customer Key ${title} (${namePrefix.toLowerCase()} slot ${slot})`

export type RoleTitle = 'setup' | 'granting' | 'administrator' | 'keeper' | 'guard'
