import type { RoleHolder } from '../resources/role.ts'
import type { AccessPolicy } from '../resources/vault.ts'

export interface DataRole
  extends Pick<RoleHolder, 'principalId' | 'dataActions' | 'notDataActions'>,
    Partial<Pick<RoleHolder, 'roleName' | 'scope' | 'condition'>> {
  /** Set where it was given on one thing in the vault, e.g. `keys/NAME`. */
  readonly within?: string | undefined
}

/**
 * What roles allow with the keys, secrets and certificates of a vault, in the words of access policies: the same checks
 * then look at both. One data action reads and lists. What no access policy has a word for stands as itself: an unknown is
 * not a yes.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/security#microsoftkeyvault
 */
export const permissionsOfRoles = (roles: readonly DataRole[]): AccessPolicy[] =>
  roles
    .map((role) => ({
      objectId: role.principalId,
      applicationId: undefined,
      ...(role.within === undefined ? {} : { within: role.within }),
      ...(role.condition === undefined ? {} : { doubt: 'under a condition' }),
      ...namedIn(role),
      keys: [...allowed(role, keyActions), ...wordless(role, (kind) => !kind.startsWith('secret') && !isOther(kind))],
      secrets: [...allowed(role, secretActions), ...wordless(role, (kind) => kind.startsWith('secret'))],
      certificates: [...allowed(role, certificateActions), ...wordless(role, (kind) => kind.startsWith('certificate'))],
      storage: wordless(role, (kind) => kind.startsWith('storage'))
    }))
    .filter(
      ({ keys, secrets, certificates, storage }) =>
        keys.length + secrets.length + certificates.length + storage.length > 0
    )

const namedIn = ({ roleName, scope }: DataRole): Pick<AccessPolicy, 'role'> =>
  roleName === undefined || scope === undefined ? {} : { role: { roleName, scope } }

const isOther = (kind: string): boolean => kind.startsWith('certificate') || kind.startsWith('storage')

type Actions = Readonly<Record<string, string>>

const allowed = ({ dataActions, notDataActions }: DataRole, actions: Actions): string[] =>
  Object.entries(actions)
    .filter(([, action]) => dataActions.some((each) => covers(each, `${ofVaults}${action}`)))
    .filter(([, action]) => !notDataActions.some((each) => covers(each, `${ofVaults}${action}`)))
    .map(([word]) => word)

/** Patterns that reach what is in a vault and stand for none of the words below, of one kind: what follows `vaults/`. */
const wordless = ({ dataActions, notDataActions }: DataRole, isOfKind: (kind: string) => boolean): string[] =>
  dataActions
    .filter((pattern) => isInVaults(pattern) && isOfKind(pattern.toLowerCase().slice(ofVaults.length)))
    .filter((pattern) => !everyAction.some((action) => covers(pattern, `${ofVaults}${action}`)))
    .filter((pattern) => !notDataActions.some((each) => covers(each, pattern)))
    .map((pattern) => pattern.toLowerCase())

const ofVaults = 'Microsoft.KeyVault/vaults/'

/** A pattern with a wildcard before `vaults/` may reach them too. */
function isInVaults(pattern: string): boolean {
  const fixed = (pattern.split('*', 1)[0] ?? '').toLowerCase()
  const base = ofVaults.toLowerCase()
  return (
    fixed.startsWith(base) || (pattern.includes('*') && /^microsoft\.keyvault\//.test(fixed) && base.startsWith(fixed))
  )
}

/** Whether a pattern of a role has an action: `*` stands for any text, and case says nothing. */
export function covers(pattern: string, action: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${source}$`, 'i').test(action)
}

/** Whether a role allows something of the control plane: what it takes away goes from what it gives. */
export const permits = ({ actions, notActions }: Pick<RoleHolder, 'actions' | 'notActions'>, action: string): boolean =>
  actions.some((each) => covers(each, action)) && !notActions.some((each) => covers(each, action))

/** By the word of access policies, lower case. */
const keyActions = {
  get: 'keys/read',
  list: 'keys/read',
  create: 'keys/create/action',
  import: 'keys/import/action',
  update: 'keys/update/action',
  backup: 'keys/backup/action',
  restore: 'keys/restore/action',
  recover: 'keys/recover/action',
  delete: 'keys/delete',
  purge: 'keys/purge/action',
  encrypt: 'keys/encrypt/action',
  decrypt: 'keys/decrypt/action',
  wrapkey: 'keys/wrap/action',
  unwrapkey: 'keys/unwrap/action',
  sign: 'keys/sign/action',
  verify: 'keys/verify/action',
  release: 'keys/release/action',
  rotate: 'keys/rotate/action',
  getrotationpolicy: 'keyrotationpolicies/read',
  setrotationpolicy: 'keyrotationpolicies/write'
} as const

const secretActions = {
  get: 'secrets/getSecret/action',
  list: 'secrets/readMetadata/action',
  set: 'secrets/setSecret/action',
  update: 'secrets/update/action',
  delete: 'secrets/delete',
  backup: 'secrets/backup/action',
  restore: 'secrets/restore/action',
  recover: 'secrets/recover/action',
  purge: 'secrets/purge/action'
} as const

const certificateActions = {
  get: 'certificates/read',
  create: 'certificates/create/action',
  import: 'certificates/import/action',
  update: 'certificates/update/action',
  delete: 'certificates/delete',
  backup: 'certificates/backup/action',
  restore: 'certificates/restore/action',
  recover: 'certificates/recover/action',
  purge: 'certificates/purge/action'
} as const

const everyAction: readonly string[] = [keyActions, secretActions, certificateActions].flatMap((actions) =>
  Object.values(actions)
)
