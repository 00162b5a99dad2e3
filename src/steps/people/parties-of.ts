import type { Graph } from '../../azure/graph.ts'
import type { Amendment } from '../../domain/ledger/amendment.ts'
import { isGroup } from '../../domain/people/parties.ts'
import { objectIdIn } from '../../domain/plan/planned-people.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { everNamed, planNow, type Proposal, type Replacement } from '../../domain/plan/replacements.ts'
import { bothSlots } from '../../domain/terms/by-slot.ts'
import type { Party } from './person-now.ts'

export interface ChangedPlan {
  readonly plan: Plan
  readonly amendments: readonly Amendment[]
  readonly proposals: readonly Proposal[]
  readonly replaced: readonly Replacement[]
}

/** Everybody who stands for a slot of a plan, is to, or ever did, by object id; operators are those who act for it now. */
export async function partiesOf(graph: Graph, changed: ChangedPlan): Promise<Party[]> {
  const { plan, proposals, replaced } = changed
  const { slots } = planNow(plan, replaced)
  const named = [
    ...slots.flatMap(({ slot, operators }) => operators.map((party) => ({ slot, party, isOperator: true }))),
    ...bothSlots.flatMap((slot) =>
      everNamed(plan, [...replaced, ...proposals], slot).map((party) => ({ slot, party, isOperator: false }))
    )
  ]
  const found = await Promise.all(
    named.map(async ({ party, ...each }) =>
      (await objectIdsOf(graph, changed, party)).map((objectId) => ({ ...each, objectId, isGroup: isGroup(party) }))
    )
  )
  return found.flat()
}

/** Whom a name means: as the plan has them, or as they were when they were proposed; else whoever has it now. */
export async function objectIdsOf(graph: Graph, { plan, amendments }: ChangedPlan, party: string): Promise<string[]> {
  const joined = amendments.flatMap((each) =>
    (each.of === 'operator' || each.of === 'proposal') && each.joins === party ? [each.objectId] : []
  )
  const known = [...joined, objectIdIn(plan.people, party) ?? []].flat()
  return known.length > 0 ? known : [(await graph.user(party)).value?.objectId ?? []].flat()
}
