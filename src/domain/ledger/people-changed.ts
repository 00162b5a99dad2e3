import type { Replacement } from '../plan/replacements.ts'
import { evolve } from '../state/evolve.ts'
import type { Fact } from '../state/fact.ts'
import { beginning, type State } from '../state/state.ts'
import type { Amendment } from './amendment.ts'

/** What the story knows by an amendment. */
export function factsOfAmendment(amendment: Amendment): Fact[] {
  switch (amendment.of) {
    case 'proposal': {
      const { id, slot, leaves, joins, at, objectId } = amendment
      const proposal = { id, slot, leaves, joins, at, ...(joins === leaves && { objectId }) }
      return [{ fact: 'proposed', proposal }]
    }
    case 'operator': {
      const { id, slot, leaves, joins, at, objectId, proposal = id, second } = amendment
      const replacement = { id: proposal, slot, leaves, joins, at, objectId, ...(second && { unread: true as const }) }
      return [
        { fact: 'proposal-over', proposal },
        { fact: 'replaced', replacement }
      ]
    }
    case 'withdrawal':
      return [{ fact: 'proposal-over', proposal: amendment.proposal }]
    case 'plan-confirmed':
      return [{ fact: 'plan-confirmed', replacement: amendment.proposal }]
    case 'officer':
      return []
  }
}

/** Who acts in whose place, by all amendments of an onboarding. */
export const replacedBy = (amendments: readonly Amendment[]): readonly Replacement[] => changesBy(amendments).replaced

/** The same, with what is only proposed. */
export const changesBy = (amendments: readonly Amendment[]): Pick<State, 'proposals' | 'replaced'> =>
  amendments.flatMap(factsOfAmendment).reduce<State>(evolve, beginning())
