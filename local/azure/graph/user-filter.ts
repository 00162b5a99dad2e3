import { AzureError } from '../core/service.ts'
import type { UserRecord } from './directory.ts'

/** A user as Graph shows one: an account that nobody has blocked is enabled, and one without addresses has an empty list. */
export const shownUser = (user: UserRecord): object => ({
  accountEnabled: true,
  mail: null,
  proxyAddresses: [],
  ...user
})

/**
 * `$filter` of users, as far as anybody asks: equality of names and addresses, joined by `or`. A quote within a value is doubled;
 * what else is asked is refused as Graph refuses what it cannot filter by.
 * https://learn.microsoft.com/graph/filter-query-parameter
 */
export function filterOfUsers(filter: string): (user: UserRecord) => boolean {
  const clauses = filter.split(' or ').map(clauseOf)
  return (user) => clauses.some((isMeant) => isMeant(user))
}

function clauseOf(text: string): (user: UserRecord) => boolean {
  const [, field, value] = /^(mail|userPrincipalName) eq '((?:[^']|'')*)'$/.exec(text) ?? []
  if (value !== undefined)
    return (user) => user[field as 'mail' | 'userPrincipalName']?.toLowerCase() === unquoted(value).toLowerCase()
  const [, variable, same, scheme, address] =
    /^proxyAddresses\/any\((\w+):(\w+) eq '(\w+):((?:[^']|'')*)'\)$/.exec(text) ?? []
  if (variable === undefined || variable !== same || address === undefined)
    throw new AzureError(400, 'Request_UnsupportedQuery', 'Unsupported or invalid query filter clause specified.')
  // Nothing says that it ignores the case of the scheme, which tells the first address from the others.
  return ({ proxyAddresses = [] }) =>
    proxyAddresses.some((each) => {
      const [own = '', rest = ''] = each.split(':')
      return own === scheme && rest.toLowerCase() === unquoted(address).toLowerCase()
    })
}

const unquoted = (text: string): string => text.replaceAll("''", "'")
