import type { Role } from '../../domain/people/roles.ts'
import { actedBeforeChecks } from '../../domain/checks/acted-before.ts'
import { runChecks } from '../../domain/checks/checks.ts'
import { slotsChecks, userChecks } from '../../domain/checks/people.ts'
import { actedForOther } from '../people/acted-before.ts'
import { personNow } from '../people/person-now.ts'
import type { Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'
import { findParty } from './standing.ts'

/**
 * Whether a person may take another's place: a user of the tenant who stands for nothing in the other slot and never acted for
 * it (R11, R33), whose account is open, who has a mailbox, and who holds the role that the confirmation of the plan takes.
 */
export const checkReplacement =
  (reach: Reach): Step<'check-replacement'> =>
  async ({ onboarding, now: at, upn, slot, others }) => {
    const { azure, config } = reach
    const { graph } = azure.app
    const { objectId, several, user, standing, calls } = await findParty(graph, upn)
    const there = await Promise.all(others.map((other) => findParty(graph, other.party, other.objectId)))
    const about = { resource: upn, suffix: upn, at, call: calls }
    const first = there.flatMap((each) => each.standing)
    const crossed = await actedForOther(azure.app.store, config.tenantId, { slot, standing, other: first })
    const results = [
      runChecks(
        userChecks,
        { objectId, ...(several && { several }), enabled: user?.enabled !== false },
        { upn },
        about
      ),
      runChecks(slotsChecks, { first, second: standing }, undefined, {
        ...about,
        call: [...there.flatMap((each) => each.calls), ...calls]
      }),
      runChecks(actedBeforeChecks, { people: standing.length, crossed }, undefined, about)
    ]
    const place = { store: 'app', onboarding, step: 'preflight/replacement' } as const
    const seen = await checked(azure, place, results)
    if (objectId === undefined) return seen
    const unfit = await whyUnfit(reach, objectId)
    return { ...seen, objectId, ...(unfit !== undefined && { unfit }) }
  }

const needed: Role = 'Approver'
const outside: Role = 'Custodian'

/** A clause that goes with their name; undefined where they are fit to act. */
async function whyUnfit(reach: Reach, objectId: string): Promise<string | undefined> {
  const { account, roles } = await personNow(reach, objectId, [])
  if (account !== 'enabled') return 'the account is blocked'
  if (!roles.includes(needed)) return `no role ${needed} in the app: have it given in Entra ID, Enterprise applications`
  // Else whoever proposes a Custodian takes their second word away by it.
  if (roles.includes(outside)) return `a ${outside}, who stands outside both slots: have that role taken away first`
  const { value: user } = await reach.azure.app.graph.user(objectId)
  return user?.mail === undefined ? 'no mail address in the directory' : undefined
}
