import { isGroup } from './group-ids.ts'
import { stableGuid } from './stable-guid.ts'

/** Object id of a person of the seed. */
export function userId(tenantId: string, person = ''): string {
  return stableGuid(tenantId, `user ${person.toLowerCase()}`)
}

/** Object id of a person or a group of the request: a group is named by it. */
export function objectIdOf(tenantId: string, party = ''): string {
  return isGroup(party) ? party : userId(tenantId, party)
}

/** Who stands for neither slot and says the second word where somebody is replaced. */
export const custodianOf = (domain: string): string => `custodian@${domain}`

/** Who acts for a party in a rehearsal: the person, or the first one of the group. */
export function actorOf(party = '', domain: string): string {
  return isGroup(party) ? `ann.${party.slice(0, 8)}@${domain}` : party
}
