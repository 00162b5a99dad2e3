import type { Directory } from '../../contracts/directory.ts'
import { partiesOfPlan } from '../../domain/plan/planned-people.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { refusal, type Visit } from './http.ts'

/**
 * Who starts an onboarding is one of its operators, by object id or in one of their groups at this moment, or has the role
 * Approver: a tenant has one at a time, and nobody else keeps it busy with people of their own.
 */
export async function refuseStarter(
  { actor, person, roles }: Pick<Visit, 'actor' | 'person' | 'roles'>,
  directory: Directory,
  plan: Pick<Plan, 'slots' | 'people'>
): Promise<void> {
  const operators = partiesOfPlan(plan).filter(({ isOperator }) => isOperator)
  if (roles.includes('Approver') || operators.some(({ objectId }) => objectId === person.oid.toLowerCase())) return
  const groups = operators.filter(({ isGroup }) => isGroup).map(({ objectId }) => objectId)
  const among = groups.length > 0 ? await directory.isIn(groups, person) : 'no'
  if (among === 'no')
    throw refusal({
      code: 'not-yours',
      title: `The start is not ${actor}'s`,
      detail: `${actor} is no operator of this request, and has no role Approver. Nothing was started: have one of its operators start it.`
    })
  if (among === 'unknown')
    throw refusal({
      code: 'directory-silent',
      title: `Whether the start is ${actor}'s is not known`,
      detail:
        'The directory did not say who is in the groups of the request. Nothing was started: send it again in a moment.'
    })
}
