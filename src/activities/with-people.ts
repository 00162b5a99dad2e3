import type { Graph } from '../azure/graph.ts'
import { hasGroups } from '../domain/parties.ts'
import type { Plan, SlotPlan } from '../domain/plan.ts'
import { standingOf } from './standing.ts'

/** A plan to write mails by: they go to people, the operators of the plan, groups expanded as they are now. */
export async function withPeople(graph: Graph, plan: Plan): Promise<Plan> {
  const people = async (slot: SlotPlan): Promise<SlotPlan> =>
    ({ ...slot, operators: (await standingOf(graph, slot.operators)).flatMap(({ upn }) => upn ?? []) })
  const [first, second] = plan.slots
  if (!hasGroups([...first.operators, ...second.operators])) return plan
  return { ...plan, slots: [await people(first), await people(second)] }
}
