import { z } from 'zod'
import { objectIdIn } from '../plan/planned-people.ts'
import type { PlannedParty } from '../plan/plan.ts'
import { slot } from '../terms/fields.ts'
import type { Amendment, OperatorAmendment, ProposalAmendment } from './amendment.ts'

const people = {
  slot,
  /** Object ids: of who leaves, and of who takes over. */
  leaves: z.string(),
  joins: z.string(),
  /** Id of what was proposed. */
  proposal: z.string()
}

/**
 * What an amendment changed, by object id, as its entry has it: who may act is decided by the ledger alone, and stays so when the
 * document with the names is erased. Of an officer, who never signs in, there is no object id, and nobody acts otherwise.
 */
export const whoChanged = z.discriminatedUnion('of', [
  z.object({ of: z.literal('proposal'), ...people }),
  z.object({ of: z.literal('operator'), ...people }),
  z.object({ of: z.literal('withdrawal'), ...people }),
  z.object({ of: z.literal('plan-confirmed'), ...people }),
  z.object({ of: z.literal('officer') })
])

export type WhoChanged = z.output<typeof whoChanged>

export type ChangeInSlot = Exclude<WhoChanged, { of: 'officer' }>

type People = readonly PlannedParty[]

/** The same of all amendments of an onboarding, oldest first. `planned`: the people of its plan. */
export const whoChangedIn = (amendments: readonly Amendment[], planned: People): WhoChanged[] =>
  amendments.flatMap((each, index) => whoChangedBy(each, amendments.slice(0, index), planned))

/**
 * What one amendment changes, after those `before` it. One of a release before, for which an operator's word was enough, is
 * confirmed at once; empty where it names nobody that is known.
 */
export function whoChangedBy(amendment: Amendment, before: readonly Amendment[], planned: People): WhoChanged[] {
  switch (amendment.of) {
    case 'officer':
      return [{ of: 'officer' }]
    case 'proposal':
      return changesOf(amendment, before, planned).map((who) => ({ of: 'proposal', ...who }))
    case 'operator':
      return changesOf(amendment, before, planned).flatMap((who) => [
        { of: 'operator', ...who },
        ...(amendment.second ? [] : [{ of: 'plan-confirmed' as const, ...who }])
      ])
    case 'withdrawal':
    case 'plan-confirmed': {
      const { of, proposal } = amendment
      const about = whoChangedIn(before, planned).find((each) => each.of !== 'officer' && each.proposal === proposal)
      return about && about.of !== 'officer' ? [{ ...about, of }] : []
    }
  }
}

function changesOf(
  amendment: ProposalAmendment | OperatorAmendment,
  before: readonly Amendment[],
  planned: People
): Omit<ChangeInSlot, 'of'>[] {
  const { slot: of, objectId, id } = amendment
  const leaves = whoIs(amendment, before, planned)
  const proposal = amendment.of === 'operator' ? (amendment.proposal ?? id) : id
  return leaves === undefined ? [] : [{ slot: of, leaves, joins: objectId.toLowerCase(), proposal }]
}

/** Whoever came last by that name; before anybody did, whom the plan means. A name may be another account's by now. */
function whoIs(
  { slot: of, leaves }: ProposalAmendment | OperatorAmendment,
  before: readonly Amendment[],
  planned: People
): string | undefined {
  const came = before.findLast((each) => each.of === 'operator' && each.slot === of && each.joins === leaves)
  const objectId = came?.of === 'operator' ? came.objectId : objectIdIn(planned, leaves)
  return objectId?.toLowerCase()
}
