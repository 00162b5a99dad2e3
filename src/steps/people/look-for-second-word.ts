import type { ProposalAmendment, OwnersWord } from '../../domain/ledger/amendment.ts'
import { onboardingChain } from '../../domain/ledger/chains.ts'
import { whoChangedIn } from '../../domain/ledger/who-changed.ts'
import { readerRolesGiven } from '../../domain/people/second-word.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { ofSlot, otherSlot, slotIdentity } from '../../domain/terms/by-slot.ts'
import { readActed } from '../../records/acted.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { LedgerReach, Reach, Step } from '../step.ts'
import { custodiansOutside } from './custodians.ts'
import { partiesOf } from './parties-of.ts'
import type { Party } from '../../domain/people/parties.ts'
import { personNow } from './person-now.ts'

/** Who could say the second word to what is proposed, and whether an Owner has: where nobody is a Custodian who may (R11). */
export const lookForSecondWord =
  (reach: PlannedReach & LedgerReach): Step<'look-for-second-word'> =>
  async ({ onboarding, plan: ref, proposal: id }) => {
    const { ledger, plans } = reach
    const amendments = await ledger.amendments(await ledger.entries(onboardingChain(onboarding)))
    const proposal = amendments.find((each) => each.of === 'proposal' && each.id === id)
    if (proposal?.of !== 'proposal') throw new Error(`What was proposed as ${id} is not in the ledger. Report it.`)
    const plan = await plans.planOf(ref)
    const parties = partiesOf(plan, amendments)
    const changed = whoChangedIn(amendments, plan.people)
    const about = changed.flatMap((each) =>
      each.of !== 'officer' && each.proposal === id ? [each.leaves, each.joins] : []
    )
    const concerned = [proposal.answered.person.oid, ...about]
    const custodians = await custodiansOutside(reach, { tenantId: plan.organization.tenantId, parties, concerned })
    if (custodians.length > 0) return { custodians: custodians.length }
    const owner = await ownersWord(reach, plan, { proposal, parties })
    return { custodians: 0, ...(owner && { owner }) }
  }

interface Proposed {
  readonly proposal: ProposalAmendment
  readonly parties: readonly Party[]
}

/** Read by the slot's own identity, which may look at what is given in its subscription. */
async function ownersWord(reach: Reach, plan: Plan, about: Proposed): Promise<OwnersWord | undefined> {
  const { azure, config } = reach
  const { slot, objectId, at } = about.proposal
  const { subscriptionId } = ofSlot(plan.slots, slot)
  const { value: given } = await azure.slot(slot).roleAssignments.givenTo(subscriptionId, objectId)
  const account = new URL(config.stores[slotIdentity(slot)]).hostname.split('.', 1)[0] ?? ''
  for (const { id, givenBy, givenAt } of readerRolesGiven(given, { account, since: at }))
    if (await mayGiveIt(reach, plan, { ...about, by: givenBy })) return { by: givenBy, at: givenAt, assignment: id }
  return undefined
}

/** A person with an open account: neither who proposed it nor who takes over, and nobody who is or acted for the other slot. */
async function mayGiveIt(
  reach: Reach,
  { organization: { tenantId } }: Plan,
  { proposal, parties, by }: Proposed & { readonly by: string }
): Promise<boolean> {
  const other = otherSlot(proposal.slot)
  if ([proposal.answered.person.oid, proposal.objectId].includes(by.toLowerCase())) return false
  const { account, standsFor } = await personNow(reach, by, parties)
  if (account !== 'enabled' || standsFor.includes(other)) return false
  return (await readActed(reach.azure.app.store, { tenantId, oid: by })) !== other
}
