import type { Graph } from '../../azure/graph.ts'
import type { Plan } from '../../domain/plan/plan.ts'

/** Where somebody reads their mail: as the plan has it, else as the directory says now, else by user principal name. */
export async function addressOf(
  graph: Graph,
  { people }: Pick<Plan, 'people'>,
  { upn, oid }: { readonly upn: string; readonly oid: string }
): Promise<string> {
  const planned = people.find(({ party, objectId }) => party === upn || objectId === oid)?.mail
  return planned ?? (await graph.user(oid)).value?.mail ?? upn
}
