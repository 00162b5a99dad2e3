import { atLedger } from './at-ledger.ts'
import type { Recalled } from '../contracts/ledger.ts'
import { planNow } from '../domain/plan/replacements.ts'
import { operatorChanges } from './amendments.ts'
import { recollect } from './board.ts'
import { bear, now, type Story } from './durable.ts'
import type { Desk } from './run.ts'
import { asksForTakeover } from '../domain/ledger/takeover-tasks.ts'
import { taken } from './verdicts.ts'

/**
 * The first of every instance: from here on it bears its own name, and knows what a generation before has come to. `heldBack`:
 * what it does where a halt or a cancel holds its work back.
 */
export function* begin<D extends Desk>(desk: D, heldBack: (desk: D) => Story<void>): Story<Recalled> {
  const { author, board, context, requestId } = desk
  bear(context, { author, heldBack: () => heldBack(desk) })
  const recalled = yield* atLedger(desk, 'recall', { onboarding: requestId, now: now(context) })
  recollect(board, recalled.facts)
  desk.amendments = recalled.amendments
  desk.plan = planNow(desk.plan, operatorChanges(recalled.amendments))
  desk.carried = recalled.carried
  desk.pending = recalled.answers
  for (const answer of recalled.answers) if (asksForTakeover(answer.task)) yield* taken(desk, answer)
  return recalled
}
