import type { Graph } from '../../azure/graph.ts'
import { reword } from '../../azure/call.ts'
import { AzureCallError } from '../../azure/errors.ts'
import type { ContributorSeen } from '../../domain/checks/contributor.ts'
import type { Call } from '../../domain/terms/evidence.ts'
import type { Reading } from '../../domain/terms/reading.ts'
import type { RoleHolder } from '../../domain/resources/role.ts'

/**
 * Which holders of a role are people (R35). The directory is asked about each until it has one: assignments outlive those they
 * were made to. Later ones are said to be none, as nobody asked.
 */
export async function peopleAmong(graph: Graph, holders: readonly RoleHolder[]): Promise<PeopleAmong> {
  const seen: ContributorSeen[] = []
  const calls: Call[] = []
  for (const { principalId, principalType, roleName } of people(holders)) {
    const { value: isPeople, call } = await isOfPeople(graph, { principalId, principalType })
    seen.push({ principalId, roleName, isPeople })
    calls.push(call)
    if (isPeople) return { principals: seen, calls }
  }
  return { principals: [...seen, ...others(holders).map((each) => ({ ...each, isPeople: false }))], calls }
}

export interface PeopleAmong {
  readonly principals: readonly ContributorSeen[]
  /** By which the directory was asked. */
  readonly calls: readonly Call[]
}

const mayBePeople = ({ principalType, condition }: Pick<RoleHolder, 'principalType' | 'condition'>): boolean =>
  condition === undefined && (principalType === 'User' || principalType === 'Group')

/** Single people first: a group takes one more call. */
const people = (holders: readonly RoleHolder[]): RoleHolder[] =>
  holders
    .filter(mayBePeople)
    .toSorted((a, b) => Number(a.principalType === 'Group') - Number(b.principalType === 'Group'))

const others = (holders: readonly RoleHolder[]): Omit<ContributorSeen, 'isPeople'>[] =>
  holders
    .filter((holder) => !mayBePeople(holder))
    .slice(0, most)
    .map(({ principalId, roleName, condition }) => ({
      principalId,
      roleName,
      ...(condition !== undefined && { isLimited: true as const })
    }))

/** A finding goes into history. */
const most = 5

async function isOfPeople(
  graph: Graph,
  { principalId, principalType }: Pick<RoleHolder, 'principalId' | 'principalType'>
): Promise<Reading<boolean>> {
  if (principalType === 'User') return reword(await graph.user(principalId), (user) => user !== undefined)
  try {
    const members = await graph.transitiveMembers(principalId, 0)
    return reword(members, (all) => all.some(({ upn }) => upn !== undefined))
  } catch (error) {
    if (error instanceof AzureCallError && error.kind === 'not-found') return { value: false, call: error.call }
    throw error
  }
}
