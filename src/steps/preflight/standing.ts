import type { Graph } from '../../azure/graph.ts'
import { mostPeople } from '../../domain/checks/people.ts'
import type { DirectoryUser } from '../../domain/resources/directory.ts'
import type { Call } from '../../domain/terms/evidence.ts'
import { isGroup, type Standing } from '../../domain/people/parties.ts'

/** A person or group of a request, as the directory has it. */
export interface PartyLook {
  readonly party: string
  /** Undefined: the directory has no such person or group. */
  readonly objectId: string | undefined
  readonly displayName: string | undefined
  /** Object id of whoever has the name now, where that is not whom the plan means. */
  readonly namesake?: string
  /** The account, where it is one of a person. */
  readonly user?: DirectoryUser
  /** More than one person has this name or address: each for a reader. */
  readonly several?: readonly string[]
  /** Whoever acts for it: the person; or the group itself, for whatever is put into it later, and all within it. */
  readonly standing: readonly Standing[]
  /** All that was asked for it. */
  readonly calls: readonly Call[]
}

/** `objectId`: whom the plan means, whatever their name is today. Absent: looked for by name. */
export const findParty = (graph: Graph, party: string, objectId?: string): Promise<PartyLook> =>
  isGroup(party) ? findGroup(graph, party) : findPerson(graph, party, objectId)

/** Everybody and everything that stands for some parties, groups expanded. */
export async function standingOf(
  graph: Graph,
  parties: readonly string[]
): Promise<Pick<PartyLook, 'standing' | 'calls'>> {
  const found = await Promise.all(parties.map((party) => findParty(graph, party)))
  return { standing: found.flatMap(({ standing }) => standing), calls: found.flatMap(({ calls }) => calls) }
}

async function findPerson(graph: Graph, name: string, planned?: string): Promise<PartyLook> {
  if (planned === undefined) {
    const { value: all, calls } = await graph.usersCalled(name)
    const several = all.length > 1 && { several: all.map(accountInWords) }
    return { ...ofPerson(name, all.length > 1 ? undefined : all[0]), ...several, calls }
  }
  const { value, call } = await graph.user(planned)
  const other = value ? undefined : await graph.user(name)
  const namesake = other?.value && { namesake: other.value.objectId }
  return { ...ofPerson(name, value), ...namesake, calls: [...(other ? [other.call] : []), call] }
}

const ofPerson = (name: string, user: DirectoryUser | undefined): Omit<PartyLook, 'calls'> => ({
  party: name,
  objectId: user?.objectId,
  displayName: user?.displayName,
  ...(user && { user }),
  standing: user ? [{ objectId: user.objectId, upn: user.upn, ...(user.mail && { mail: user.mail }), name }] : []
})

/** For a reader who has to choose between accounts of one name. */
export const accountInWords = ({ upn, objectId }: DirectoryUser): string => `${upn} (object ${objectId})`

async function findGroup(graph: Graph, groupId: string): Promise<PartyLook> {
  const { value: group, call } = await graph.group(groupId)
  const found = { party: groupId, objectId: group?.objectId, displayName: group?.displayName }
  if (!group) return { ...found, standing: [], calls: [call] }
  const members = await graph.transitiveMembers(groupId, mostPeople)
  const within = members.value.map((member) => ({
    ...member,
    name: `${member.upn ?? `object ${member.objectId}`} of group ${groupId}`
  }))
  return {
    ...found,
    standing: [{ objectId: groupId, upn: undefined, name: `group ${groupId}` }, ...within],
    calls: [call, members.call]
  }
}
