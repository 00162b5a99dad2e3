import type { Graph } from '../../azure/graph.ts'
import { addressIn } from '../../domain/plan/planned-people.ts'
import type { Plan } from '../../domain/plan/plan.ts'

/**
 * Where somebody reads their mail: as the plan has it, else as the directory says now. Undefined where neither knows an address:
 * a user principal name need not be a mailbox, and may be somebody else's.
 */
export async function addressOf(
  graph: Graph,
  { people }: Pick<Plan, 'people'>,
  { upn, oid }: { readonly upn: string; readonly oid?: string }
): Promise<string | undefined> {
  const planned = oid === undefined ? addressIn(people, upn) : people.find(({ objectId }) => objectId === oid)?.mail
  return planned ?? (await graph.user(oid ?? upn)).value?.mail
}
