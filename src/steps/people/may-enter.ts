import { AzureCallError, isPassing } from '../../azure/errors.ts'
import type { Graph } from '../../azure/graph.ts'
import { mostPeople } from '../../domain/checks/people.ts'
import { sameText } from '../../domain/terms/same-text.ts'

/** Of some groups, those that a person may enter on demand (PIM). */
export interface Entered {
  readonly entered: readonly string[]
  readonly unread?: string
}

/**
 * Who may become a member of a group counts as one of it: of the group itself, or of one within it. Not every tenant has PIM,
 * nor lets the app read it: what cannot be read is said, and stops nothing.
 */
export async function mayEnter(graph: Graph, oid: string, groups: readonly string[]): Promise<Entered> {
  if (groups.length === 0) return { entered: [] }
  try {
    const { value: eligible } = await graph.eligibleGroups(oid)
    const reached = await Promise.all(
      eligible.length === 0 ? [] : groups.map(async (group) => ((await reaches(graph, eligible, group)) ? [group] : []))
    )
    return { entered: reached.flat() }
  } catch (error) {
    if (!(error instanceof AzureCallError) || isPassing(error)) throw error
    return { entered: [], unread: `who may enter a group of a slot on demand (PIM): ${error.told}` }
  }
}

async function reaches(graph: Graph, eligible: readonly string[], group: string): Promise<boolean> {
  if (eligible.some((each) => sameText(each, group))) return true
  const { value: members } = await graph.transitiveMembers(group, mostPeople)
  return members.some(({ objectId }) => eligible.some((each) => sameText(each, objectId)))
}
