import { atLedger } from './at-ledger.ts'
import type { StepName } from '../domain/state/chapters.ts'
import { note } from './board.ts'
import { now, type Story } from './durable.ts'
import { hear, heardAlready } from './people.ts'
import type { Run } from './run.ts'

/**
 * A chapter of the story, told once: its result goes to the ledger, and a later generation that finds it there goes on behind
 * it. What is told is JSON.
 */
export function* chapter<T>(run: Run, step: StepName, tell: () => Story<T>): Story<T> {
  const { board, context, requestId } = run
  if (step in run.ended) return run.ended[step] as T // what this very chapter gave
  yield* hear(run) // a chapter may have no wait: what was said in the one before is heard before anything more is done
  yield* heardAlready(run, [])
  const result = yield* tell()
  note(board, { fact: 'waiting', on: 'azure' }) // nobody is asked any more
  yield* atLedger(run, 'end-chapter', { onboarding: requestId, now: now(context), step, result, facts: board.told })
  board.told = []
  run.carried = []
  return result
}
