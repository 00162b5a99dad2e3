import type { OnboardingRequest } from '../request/request.ts'
import type { Person } from '../people/person.ts'
import { isGroup, type Party } from '../people/parties.ts'
import type { Plan, PlannedParty } from './plan.ts'
import type { Replacement } from './replacements.ts'

type People = readonly PlannedParty[]

/** Whom the plan means; undefined for whoever came after it was made. */
export const objectIdIn = (people: People, party: string): string | undefined =>
  people.find((each) => each.party === party)?.objectId

/** Everybody who stands for a slot as the plan has it, by object id. Whoever is not known keeps it from being approved. */
export const partiesOfPlan = ({ slots, people }: Pick<Plan, 'slots' | 'people'>): Party[] =>
  slots.flatMap(({ slot, operators, administrators }) =>
    [...new Set([...operators, ...administrators])].flatMap((party) => {
      const objectId = isGroup(party) ? party : objectIdIn(people, party)?.toLowerCase()
      const isOperator = operators.includes(party)
      return objectId === undefined ? [] : [{ slot, objectId, isGroup: isGroup(party), isOperator }]
    })
  )

/** Where somebody reads their mail, as the plan has it; undefined for whoever has no address, or came after it was made. */
export const addressIn = (people: People, party: string): string | undefined =>
  people.find((each) => each.party === party)?.mail

/** The request with everybody by the name that they have in the directory, where exactly one is meant; others as it has them. */
export function renamed(request: OnboardingRequest, names: ReadonlyMap<string, string>): OnboardingRequest {
  const inPlan = (named: readonly string[]): string[] => named.map((name) => names.get(name) ?? name)
  return {
    ...request,
    subscriptions: request.subscriptions.map((each) => ({
      ...each,
      operators: inPlan(each.operators),
      ...(each.administrators && { administrators: inPlan(each.administrators) })
    }))
  }
}

/**
 * By what name a person stands in the plan, or has come into it since; undefined for whoever is not named, of a group perhaps, or
 * whose name is another account's since. Who it is is said by the object id: the name of a sign-in may be somebody else's by now.
 */
export function partyOf(
  { oid }: Pick<Person, 'oid'>,
  people: People,
  replaced: readonly Pick<Replacement, 'joins' | 'objectId'>[]
): string | undefined {
  const named = [...people, ...replaced.map(({ joins, objectId }) => ({ party: joins, objectId }))]
  const found = named.findLast(({ objectId }) => objectId?.toLowerCase() === oid)
  const newest = named.findLast(({ party }) => party === found?.party)
  return newest?.objectId?.toLowerCase() === oid ? found?.party : undefined
}
