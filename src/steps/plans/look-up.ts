import type { Graph } from '../../azure/graph.ts'
import { isGroup } from '../../domain/people/parties.ts'
import type { PlannedParty } from '../../domain/plan/plan.ts'

/** Directory calls at a time: a request may name two hundred, and the directory throttles. */
const atATime = 8

/** Those of the parties whom the directory has, with the name and the address it has for them, in the order they are named. */
export async function lookUp(graph: Graph, parties: readonly string[]): Promise<PlannedParty[]> {
  const found: PlannedParty[] = []
  for (let next = 0; next < parties.length; next += atATime) {
    const batch = parties.slice(next, next + atATime)
    found.push(...(await Promise.all(batch.map((party) => lookUpOne(graph, party)))).flat())
  }
  return found
}

async function lookUpOne(graph: Graph, party: string): Promise<PlannedParty[]> {
  if (isGroup(party)) {
    const { value: group } = await graph.group(party)
    return group ? [{ party, ...group }] : []
  }
  const { value: user } = await graph.user(party)
  if (!user) return []
  const { mail, enabled: _, ...object } = user
  return [{ party, ...object, ...(mail !== undefined && { mail }) }]
}
