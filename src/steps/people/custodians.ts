import type { Graph } from '../../azure/graph.ts'
import { mostPeople } from '../../domain/checks/people.ts'
import type { Role } from '../../domain/people/roles.ts'
import type { Reach } from '../step.ts'
import { personNow, type Party } from './person-now.ts'

const custodian: Role = 'Custodian'

/** Object ids of people who hold the role Custodian in the app, by themselves or through a group, as the directory has it now. */
export async function custodianIds({ azure, config }: Pick<Reach, 'azure' | 'config'>): Promise<string[]> {
  const { graph } = azure.app
  const { value: given } = await graph.appRolesGiven(config.signInClientId)
  const holders = given.filter(({ role }) => role === custodian)
  const people = await Promise.all(holders.map(async ({ to, toGroup }) => (toGroup ? peopleIn(graph, to) : [to])))
  return [...new Set(people.flat())]
}

/** Those of them who can say the second word: their account is open, and they are people of neither slot (R11). */
export async function custodiansOutside(
  reach: Reach,
  parties: readonly Party[],
  concerned: readonly string[]
): Promise<string[]> {
  const held = (await custodianIds(reach)).filter((oid) => !concerned.includes(oid))
  const seen = await Promise.all(held.map(async (oid) => ({ oid, ...(await personNow(reach, oid, parties)) })))
  return seen.filter(({ account, standsFor }) => account === 'enabled' && standsFor.length === 0).map(({ oid }) => oid)
}

async function peopleIn(graph: Graph, group: string): Promise<string[]> {
  const { value: members } = await graph.transitiveMembers(group, mostPeople)
  return members.filter(({ upn }) => upn !== undefined).map(({ objectId }) => objectId)
}
