import type { Graph } from '../../azure/graph.ts'
import type { Party } from '../../domain/people/parties.ts'
import type { PersonNow } from '../../domain/people/standing.ts'
import { roles } from '../../domain/people/roles.ts'
import type { Slot } from '../../domain/terms/evidence.ts'
import { sameText } from '../../domain/terms/same-text.ts'
import type { Reach } from '../step.ts'
import { mayEnter } from './may-enter.ts'

export interface PersonSeen extends Omit<PersonNow, 'actedFor'> {
  /** What could not be read, and stops nothing. */
  readonly unread?: string
}

/** What the directory says of a person at this moment, by object id: a sign-in may be hours old, and names change. */
export async function personNow({ azure, config }: Reach, oid: string, parties: readonly Party[]): Promise<PersonSeen> {
  const { graph } = azure.app
  const { value: user } = await graph.user(oid)
  if (!user?.enabled) return { account: user ? 'blocked' : 'absent', roles: [], operates: [], standsFor: [] }
  const { value: given } = await graph.appRolesGiven(config.signInClientId)
  const groups = parties.filter(({ isGroup }) => isGroup).map(({ objectId }) => objectId)
  const within = await identitiesAmong(graph, oid, [
    ...groups,
    ...given.filter(({ toGroup }) => toGroup).map(({ to }) => to)
  ])
  const { entered, unread } = await mayEnter(graph, oid, groups)
  const is = ({ objectId }: Party): boolean => isIn(within, objectId)
  const slotsOf = (stands: (party: Party) => boolean): Slot[] => [
    ...new Set(parties.filter(stands).map(({ slot }) => slot))
  ]
  return {
    account: 'enabled',
    roles: roles.filter((role) => given.some((each) => each.role === role && isIn(within, each.to))),
    operates: slotsOf((party) => party.isOperator && is(party)),
    standsFor: slotsOf((party) => is(party) || isIn(entered, party.objectId)),
    ...(unread !== undefined && { unread })
  }
}

/** The person, and those of the groups that they are in. A group that is given a role gives it to whoever is in it. */
async function identitiesAmong(graph: Graph, oid: string, groups: readonly string[]): Promise<string[]> {
  const asked = [...new Set(groups)]
  return [oid, ...(asked.length === 0 ? [] : (await graph.groupsAmong(oid, asked)).value)]
}

const isIn = (all: readonly string[], objectId: string): boolean => all.some((each) => sameText(each, objectId))
