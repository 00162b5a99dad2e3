import type { Graph } from '../../azure/graph.ts'
import { isObjectId } from '../../domain/people/parties.ts'
import type { PlannedParty } from '../../domain/plan/plan.ts'
import type { DirectoryUser } from '../../domain/resources/directory.ts'

/** Whom the directory has by a name of the request: exactly one may be meant. */
export interface Called {
  /** As the request has it: user principal name, address or object id. */
  readonly name: string
  readonly found: readonly PlannedParty[]
}

/** Directory calls at a time: a request may name two hundred, and the directory throttles. */
const atATime = 8

/** Whom each of the names means, in their order. */
export async function lookUp(graph: Graph, names: readonly string[]): Promise<Called[]> {
  const all: Called[] = []
  for (let next = 0; next < names.length; next += atATime) {
    const batch = names.slice(next, next + atATime)
    all.push(...(await Promise.all(batch.map(async (name) => ({ name, found: await calledSo(graph, name) })))))
  }
  return all
}

async function calledSo(graph: Graph, name: string): Promise<PlannedParty[]> {
  if (!isObjectId(name)) return (await graph.usersCalled(name)).value.map(personOf)
  const { value: group } = await graph.group(name)
  if (group) return [{ party: name, ...group }]
  const { value: user } = await graph.user(name)
  return user ? [personOf(user)] : []
}

/** People stand in a plan by their user principal name, groups by object id. */
const personOf = ({ objectId, displayName, upn, mail }: DirectoryUser): PlannedParty => ({
  party: upn,
  objectId,
  displayName,
  ...(mail !== undefined && { mail })
})
