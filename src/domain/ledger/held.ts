import type { HeldBack } from '../terms/outcome.ts'
import type { Entry } from './entry.ts'
import { isClosed } from './judgements.ts'
import { newestGeneration, standingIn } from './standing.ts'

/** Whether a newer generation carries a chain than this one, or none any more. */
export const isSuperseded = (own: readonly Entry[], generation: number): boolean =>
  isClosed(own) || newestGeneration(own) > generation

/**
 * Why a generation may change nothing in Azure now (LEDGER rule 11); undefined where it may. `own`: its chain; `onboarding`:
 * that of the whole, where cancel and halt are said.
 */
export function heldIn(
  own: readonly Entry[],
  onboarding: readonly Entry[],
  generation: number
): HeldBack['kind'] | undefined {
  return isSuperseded(own, generation) ? 'superseded' : standingIn(onboarding)?.kind
}
