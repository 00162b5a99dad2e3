import type { AccessPolicy } from '../resources/vault.ts'
import { type permissions, permissionsUnder } from '../terms/permissions.ts'
import { roleName } from '../terms/role-names.ts'
import { sameText } from '../terms/same-text.ts'
import { firmKeysOf, keysOf, whoOf, type PermissionsExpected, type PermissionsObserved } from './permission-holders.ts'
import { removal } from './setup-role.ts'

export interface Grant {
  /** Object ids. */
  readonly who: readonly string[]
  readonly kind: keyof typeof permissions
}

type Giving = Pick<PermissionsExpected, 'authorization' | 'slot' | 'namePrefix'>

/** How people give each a permission set: what is too much goes, what is lacking comes, and what is right stays. */
export function given(observed: PermissionsObserved, expected: Giving, { who, kind }: Grant): string {
  const wanted: readonly string[] = permissionsUnder(expected.authorization)[kind]
  const { name, accessPolicies } = observed
  const isWanted = (key: string): boolean => wanted.some((each) => sameText(each, key))
  const lacking = who.filter((id) => wanted.some((key) => !firmKeysOf(observed, id).has(key.toLowerCase())))
  if (expected.authorization === 'rbac') {
    // The same role without its condition is refused beside the one that has it.
    const tooMuch = accessPolicies.filter(
      ({ objectId, keys, doubt }) =>
        who.some((id) => sameText(id, objectId)) && (!keys.every(isWanted) || doubt !== undefined)
    )
    const commands = lacking.map(
      (id) =>
        `az role assignment create --assignee-object-id ${id} --role "${roleOf(kind, expected)}" --scope ${idOf(name)}`
    )
    const create = commands.length === 0 ? [] : [`Run ${few(commands).join(' and ')}, then retry.`]
    return [...(tooMuch.length === 0 ? [] : [taken(name, tooMuch)]), ...create].join(' ')
  }
  const wrong = who.filter((id) => lacking.includes(id) || ![...keysOf(observed, id)].every(isWanted))
  const commands = wrong.map(
    (id) => `az keyvault set-policy --name ${name} --object-id ${id} --key-permissions ${wanted.join(' ')}`
  )
  return `Run ${few(commands).join(' and ')}, then retry.`
}

const roleOf = (kind: Grant['kind'], { namePrefix, slot }: Giving): string =>
  ({
    administrator: roleName('administrator', namePrefix, slot),
    servicePrincipal: 'Key Vault Crypto Service Encryption User',
    slotIdentity: roleName('keeper', namePrefix, slot)
  })[kind]

/** How people take roles away, which may have been given above the vault, or to a group. */
export function taken(vault: string, entries: readonly AccessPolicy[]): string {
  const named = [...new Set(entries.flatMap(({ objectId, role }) => (role ? [removal(objectId, role)] : [])))]
  if (named.length > 0)
    return `Take away what is too much, and give whoever needs it for something else a narrower role: ${few(named).join(' and ')}, then retry.`
  const who = [...new Set(entries.map(({ objectId }) => objectId))]
  return (
    `See where the roles of ${few(who).join(' and ')} were given (az role assignment list --scope ${idOf(vault)} --include-inherited; on ` +
    `a single key: ${few(who.map((id) => `az role assignment list --all --assignee ${id}`)).join(' and ')}), take them away there ` +
    '(az role assignment delete), then retry.'
  )
}

/** How people leave somebody's entry in an access policy without some permissions to keys, or take it out where none is left. */
export function without(vault: string, entries: readonly AccessPolicy[], bad: readonly string[]): string {
  const commands = entries.map(({ objectId, applicationId, keys }) => {
    const left = keys.filter((key) => !bad.some((each) => sameText(each, key)))
    const whose = `--name ${vault} --object-id ${objectId}${applicationId === undefined ? '' : ` --application-id ${applicationId}`}`
    return left.length === 0
      ? `az keyvault delete-policy ${whose}`
      : `az keyvault set-policy ${whose} --key-permissions ${left.join(' ')}`
  })
  return few(commands).join(' and ')
}

/** The entries of those who are named as `whoOf` names them. */
export const entriesOf = ({ accessPolicies }: PermissionsObserved, who: readonly string[]): AccessPolicy[] =>
  accessPolicies.filter((entry) => who.some((each) => sameText(each, whoOf(entry))))

/** Those of them that allow one of some permissions. */
export const allowing = (entries: readonly AccessPolicy[], any: readonly string[]): AccessPolicy[] =>
  entries.filter(({ keys }) => keys.some((key) => any.some((each) => sameText(each, key))))

const idOf = (vault: string): string => `$(az keyvault show --name ${vault} --query id --output tsv)`

/** A policy holds up to 1024 entries; a finding goes into history. */
export const few = (all: readonly string[], most = 5): readonly string[] =>
  all.length <= most ? all : [...all.slice(0, most), `${String(all.length - most)} more`]
