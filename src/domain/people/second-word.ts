import type { GivenRole } from '../resources/role.ts'
import { sameText } from '../terms/same-text.ts'

/** Who may read blobs: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage */
export const readerRole = { name: 'Storage Blob Data Reader', id: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1' } as const

/** Where and since when an Owner's word is looked for. */
export interface LookedFor {
  /** Name of the slot's storage account. */
  readonly account: string
  /** ISO 8601 UTC: when it was proposed. What was given before says nothing of it. */
  readonly since: string
}

/**
 * The reader role on a slot's store, or on a container of it, given since: whoever may give a role there is an Owner of the
 * subscription, or somebody whom one has made an administrator of access. Whom it is by is still to be judged.
 */
export const readerRolesGiven = (
  given: readonly GivenRole[],
  { account, since }: LookedFor
): (GivenRole & { readonly givenBy: string; readonly givenAt: string })[] =>
  given.flatMap((each) => {
    const { roleId, scope, givenBy, givenAt } = each
    if (givenBy === undefined || givenAt === undefined || givenAt <= since) return []
    return sameText(roleId, readerRole.id) && isOn(account, scope) ? [{ ...each, givenBy, givenAt }] : []
  })

/** Not above it: a role on the whole subscription is given for other reasons. */
const isOn = (account: string, scope: string): boolean =>
  sameText(/\/providers\/Microsoft\.Storage\/storageAccounts\/([^/]+)(\/|$)/i.exec(scope)?.[1] ?? '', account)
