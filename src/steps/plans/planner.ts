import type { Azure } from '../../azure/connect.ts'
import { AzureCallError } from '../../azure/errors.ts'
import { Unplannable, type Planner } from '../../contracts/planner.ts'
import { isObjectId } from '../../domain/people/parties.ts'
import { buildPlan } from '../../domain/plan/build-plan.ts'
import type { Deployment } from '../../domain/plan/deployment.ts'
import type { PlannedParty } from '../../domain/plan/plan.ts'
import { renamed } from '../../domain/plan/planned-people.ts'
import type { OnboardingRequest } from '../../domain/request/request.ts'
import { beyondTenantLimits } from '../../domain/request/tenant-limits.ts'
import type { Fault } from '../../domain/terms/fault.ts'
import { countOf, listOf } from '../../domain/terms/words.ts'
import { sha256 } from '../../sha256.ts'
import { keepPlan } from '../../records/plan.ts'
import { lookUp, type Called } from './look-up.ts'
import { policiesThere } from './policies-there.ts'

/** Makes plans for the routes, and keeps those that start. */
export const createPlanner = ({ app }: Azure, deployment: Deployment): Planner => ({
  async plan(request) {
    const called = await known(() => lookUp(app.graph, namesIn(request)))
    const meant = called.flatMap(({ name, found: [one, ...others] }) =>
      one && others.length === 0 ? [{ name, person: mailedAt(one, request.addresses?.[name]) }] : []
    )
    const names = new Map(meant.map(({ name, person }) => [name, person.party]))
    const people = meant.map(({ person }) => person)
    const plan = buildPlan(renamed(request, names), { people, deployment }, sha256)
    return { plan, unknown: unknownIn(request, called) }
  },
  beyondLimits: async (request) => beyondTenantLimits(request, await policiesThere(app.store, request)),
  keep: (request, plan) => keepPlan(app.store, { request, plan })
})

const mailedAt = (person: PlannedParty, mail: string | undefined): PlannedParty =>
  mail === undefined ? person : { ...person, mail }

const namesIn = ({ subscriptions }: OnboardingRequest): string[] => [
  ...new Set(subscriptions.flatMap(({ operators, administrators = [] }) => [...operators, ...administrators]))
]

async function known<People>(look: () => Promise<People>): Promise<People> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof AzureCallError)) throw error
    throw new Unplannable(`The people of the request could not be looked up: ${error.message}`, { cause: error })
  }
}

function unknownIn({ subscriptions }: OnboardingRequest, called: readonly Called[]): Fault[] {
  const foundAs = new Map(called.map(({ name, found }) => [name, found]))
  return subscriptions.flatMap((subscription, index) =>
    (['operators', 'administrators'] as const).flatMap((role) =>
      (subscription[role] ?? []).flatMap((name, place) => {
        const found = foundAs.get(name) ?? []
        const path = `/subscriptions/${String(index)}/${role}/${String(place)}`
        return found.length === 1 ? [] : [{ path, message: found.length === 0 ? unknown(name) : several(name, found) }]
      })
    )
  )
}

const unknown = (name: string): string =>
  `The directory of the tenant has no ${isObjectId(name) ? 'user or group' : 'user'} ${name}. Correct the name, or create it there first.`

const several = (name: string, found: readonly PlannedParty[]): string =>
  `${name} is the name or the address of ${countOf(found.length, 'account')}: ` +
  `${listOf(found.map(({ party, objectId }) => `${party} (object ${objectId})`))}. Name the one that is meant by its object id.`
