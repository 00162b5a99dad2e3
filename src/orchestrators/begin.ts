import { atLedger } from './at-ledger.ts'
import type { Amendment, Pending, Recalled } from '../contracts/ledger.ts'
import { planAnew, wordsIn } from './amendments.ts'
import { recollect } from './board.ts'
import { bear, now, type Story } from './durable.ts'
import type { Desk } from './run.ts'
import { asksForTakeover } from '../domain/ledger/takeover-tasks.ts'
import { judge, taken } from './verdicts.ts'

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
  planAnew(desk)
  desk.carried = recalled.carried
  desk.pending = recalled.answers
  for (const answer of recalled.answers)
    if (wasHeeded(recalled.amendments, answer)) yield* taken(desk, answer)
    else if (asksForTakeover(answer.task)) yield* judge(desk, answer)
  return recalled
}

/** It was written down what it changed, and the instance died before its verdict. */
const wasHeeded = (amendments: readonly Amendment[], { id }: Pending): boolean =>
  amendments.flatMap(wordsIn).some((said) => said.id === id)
