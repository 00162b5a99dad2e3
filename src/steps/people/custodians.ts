import type { Graph } from '../../azure/graph.ts'
import { mostPeople } from '../../domain/checks/people.ts'
import type { Role } from '../../domain/people/roles.ts'
import { readActed } from '../../records/acted.ts'
import type { Reach } from '../step.ts'
import type { Party } from '../../domain/people/parties.ts'
import { personNow } from './person-now.ts'

const custodian: Role = 'Custodian'

/** Object ids of people who hold the role Custodian in the app, by themselves or through a group, as the directory has it now. */
export async function custodianIds({ azure, config }: Pick<Reach, 'azure' | 'config'>): Promise<string[]> {
  const { graph } = azure.app
  const { value: given } = await graph.appRolesGiven(config.signInClientId)
  const holders = given.filter(({ role }) => role === custodian)
  const people = await Promise.all(holders.map(async ({ to, toGroup }) => (toGroup ? peopleIn(graph, to) : [to])))
  return [...new Set(people.flat())]
}

interface Concern {
  readonly tenantId: string
  readonly parties: readonly Party[]
  /** Object ids of who proposed it, takes over or leaves. */
  readonly concerned: readonly string[]
}

/** Those of them who can say the second word: their account is open, they are of neither slot and acted for none (R11). */
export async function custodiansOutside(reach: Reach, { tenantId, parties, concerned }: Concern): Promise<string[]> {
  const held = (await custodianIds(reach)).filter((oid) => !concerned.includes(oid))
  const seen = await Promise.all(held.map(async (oid) => ({ oid, ...(await personNow(reach, oid, parties)) })))
  const outside = seen.filter(({ account, standsFor }) => account === 'enabled' && standsFor.length === 0)
  const { store } = reach.azure.app
  const acted = await Promise.all(outside.map(({ oid }) => readActed(store, { tenantId, oid })))
  return outside.filter((_, index) => acted[index] === undefined).map(({ oid }) => oid)
}

async function peopleIn(graph: Graph, group: string): Promise<string[]> {
  const { value: members } = await graph.transitiveMembers(group, mostPeople)
  return members.filter(({ upn }) => upn !== undefined).map(({ objectId }) => objectId)
}
