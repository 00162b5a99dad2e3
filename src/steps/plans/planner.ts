import type { Azure } from '../../azure/connect.ts'
import { AzureCallError } from '../../azure/errors.ts'
import { Unplannable, type Planner } from '../../contracts/planner.ts'
import { partyName } from '../../domain/people/parties.ts'
import { buildPlan } from '../../domain/plan/build-plan.ts'
import type { Deployment } from '../../domain/plan/deployment.ts'
import type { PlannedParty } from '../../domain/plan/plan.ts'
import type { OnboardingRequest } from '../../domain/request/request.ts'
import { beyondTenantLimits } from '../../domain/request/tenant-limits.ts'
import type { Fault } from '../../domain/terms/fault.ts'
import { sha256 } from '../../sha256.ts'
import { keepPlan } from '../../records/plan.ts'
import { lookUp } from './look-up.ts'
import { policiesThere } from './policies-there.ts'

/** Makes plans for the routes, and keeps those that start. */
export const createPlanner = ({ app }: Azure, deployment: Deployment): Planner => ({
  async plan(request) {
    const people = await known(() => lookUp(app.graph, partiesOf(request)))
    return { plan: buildPlan(request, { people, deployment }, sha256), unknown: unknownIn(request, people) }
  },
  beyondLimits: async (request) => beyondTenantLimits(request, await policiesThere(app.store, request)),
  keep: (request, plan) => keepPlan(app.store, { request, plan })
})

const partiesOf = ({ subscriptions }: OnboardingRequest): string[] => [
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

function unknownIn({ subscriptions }: OnboardingRequest, people: readonly PlannedParty[]): Fault[] {
  const isKnown = (party: string): boolean => people.some((each) => each.party === party)
  return subscriptions.flatMap((subscription, index) =>
    (['operators', 'administrators'] as const).flatMap((role) =>
      (subscription[role] ?? []).flatMap((party, place) =>
        isKnown(party)
          ? []
          : [{ path: `/subscriptions/${String(index)}/${role}/${String(place)}`, message: unknown(party) }]
      )
    )
  )
}

const unknown = (party: string): string =>
  `The directory of the tenant has no ${partyName(party).startsWith('group') ? '' : 'user '}${partyName(party)}. Correct the name, or create it there first.`
