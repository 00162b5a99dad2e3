import type { RecordStore } from '../../contracts/record-store.ts'
import type { Amendment } from '../../domain/ledger/amendment.ts'
import { entriesOfKind, type Entry } from '../../domain/ledger/entry.ts'
import { partiesNow } from '../../domain/ledger/parties-now.ts'
import { whoChangedIn, type WhoChanged } from '../../domain/ledger/who-changed.ts'
import type { Party } from '../../domain/people/parties.ts'
import { partiesOfPlan } from '../../domain/plan/planned-people.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { everyAmendment } from '../ledger/heard.ts'

type Named = Pick<Plan, 'slots' | 'people'>

/** Everybody who stands for a slot, is to, or ever did, by all amendments of an onboarding. */
export const partiesOf = (plan: Named, amendments: readonly Amendment[]): Party[] =>
  partiesNow(partiesOfPlan(plan), whoChangedIn(amendments, plan.people))

/** The same, by what the chain of an onboarding says by itself; `changes`: all that `changesIn` finds in it. */
export const partiesIn = (whole: readonly Entry[], plan: Named, changes: readonly WhoChanged[]): Party[] =>
  partiesNow(entriesOfKind(whole, 'opened')[0]?.said.stand ?? partiesOfPlan(plan), changes)

/** Who was changed, by the entries; those of a release before say it in their documents alone, which must then be there. */
export async function changesIn(
  store: RecordStore,
  whole: readonly Entry[],
  { people }: Pick<Plan, 'people'>
): Promise<readonly WhoChanged[]> {
  const said = entriesOfKind(whole, 'amendment').map((each) => each.said.who)
  const known = said.flatMap((who) => who ?? [])
  return known.length === said.length ? known : whoChangedIn(await everyAmendment(store, whole), people)
}
