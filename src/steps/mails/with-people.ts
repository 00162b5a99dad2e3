import type { Graph } from '../../azure/graph.ts'
import { withinOneMail, type SlotPeople } from '../../domain/mails/mail-copies.ts'
import { isGroup } from '../../domain/people/parties.ts'
import { addressIn } from '../../domain/plan/planned-people.ts'
import type { Plan, SlotPlan } from '../../domain/plan/plan.ts'
import { standingOf } from '../preflight/standing.ts'
import { addressOf } from './address-of.ts'

/** A plan to write mails by: they go to people, the operators of the plan, groups expanded as they are now. */
export async function withPeople(graph: Graph, plan: Plan): Promise<Plan> {
  const people = async ({ operators }: SlotPlan): Promise<SlotPeople> => {
    const isInGroup = (party: string) => isGroup(party) && addressIn(plan.people, party) === undefined
    const named = operators.filter((party) => !isInGroup(party))
    const addresses = await Promise.all(named.map((upn) => addressOf(graph, plan, { upn })))
    return {
      named: addresses.flatMap((address) => address ?? []),
      members: (await standingOf(graph, operators.filter(isInGroup))).standing.flatMap(({ mail }) => mail ?? [])
    }
  }
  const [first, second] = plan.slots
  const [ofFirst, ofSecond] = withinOneMail([await people(first), await people(second)])
  return {
    ...plan,
    slots: [
      { ...first, operators: ofFirst },
      { ...second, operators: ofSecond }
    ]
  }
}
