import type { AnswerTo } from './answers/answers.ts'
import type { To } from './call.ts'
import type { SendJson } from './rest.ts'

/** Answers that may be the first page of several: https://learn.microsoft.com/graph/paging */
export type PagedName =
  | 'groups.listTransitiveMembers'
  | 'privilegedAccessGroup.listEligibilitySchedules'
  | 'servicePrincipals.listAppRoleAssignedTo'
  | 'subscribedSkus.list'
  | 'users.list'

/** What is on the pages of such a list. */
export type Listed<Name extends PagedName> = AnswerTo<Name>['value'][number]

interface Asked<Name extends PagedName> {
  readonly to: To
  readonly name: Name
  /** Whether what was read is enough; without it all is read. */
  readonly enough?: (read: readonly Listed<Name>[]) => boolean
}

/** All that a list of Microsoft Graph has, on however many pages. */
export async function pages<Name extends PagedName>(
  sendJson: SendJson,
  first: string,
  { to, name, enough = () => false }: Asked<Name>
): Promise<Listed<Name>[]> {
  const all: Listed<Name>[] = []
  for (let url: string | undefined = first; url !== undefined; ) {
    const page: AnswerTo<Name> = await sendJson({ method: 'GET', url }, to(name))
    all.push(...page.value)
    url = enough(all) ? undefined : page['@odata.nextLink']
  }
  return all
}
