import { heeding } from './ledger/heed.ts'
import { Superseded } from './ledger/own-chain.ts'
import { warnOf, type Log, type Reach, type Step } from './step.ts'
import { AzureCallError, isPassing } from '../azure/errors.ts'
import { inStep } from '../azure/telemetry.ts'
import type { Activities, ActivityName } from '../contracts/activities.ts'
import type { Finding } from '../domain/terms/evidence.ts'
import type { Outcome } from '../domain/terms/outcome.ts'
import { UnreadableRecord } from '../contracts/unreadable-record.ts'

/** What the host gives an activity beside its input, as far as it is looked at. */
export interface Invocation extends Log {
  readonly functionName: string
}

/**
 * Final refusals are returned, passing failures thrown: only what a retry may cure is retried (DESIGN rule 2). Where Azure asks
 * for a longer wait than retries make, that is returned too: a durable timer keeps it. What changes Azure heeds the ledger.
 */
export const activityOf =
  ({ azure }: Pick<Reach, 'azure'>) =>
  <N extends ActivityName>(work: Step<N>): Handler<N> =>
  async (input, invocation) => {
    try {
      const { functionName: activity } = invocation
      const step = { activity, onboarding: 'onboarding' in input ? input.onboarding : '' }
      return await inStep(step, () =>
        heeding(azure.app.store, { activity, input }, () => outcomeOf(work, input, invocation))
      )
    } catch (error) {
      if (error instanceof Superseded) return { held: { kind: 'superseded' } }
      return refusal(error, invocation)
    }
  }

export type Handler<N extends ActivityName> = (
  input: Activities[N]['input'],
  invocation: Invocation
) => Promise<Outcome<Activities[N]['output']>>

async function outcomeOf<N extends ActivityName>(
  work: Step<N>,
  input: Activities[N]['input'],
  invocation: Invocation
): Promise<Outcome<Activities[N]['output']>> {
  try {
    const done = await work(input, invocation)
    tellFindings(input, done, invocation)
    return { done }
  } catch (error) {
    return refusal(error, invocation)
  }
}

/** What is returned of a failure. Throws what may pass. */
function refusal(error: unknown, invocation: Invocation) {
  if (error instanceof UnreadableRecord) return refusedOf(error, 'unreadable-record', invocation)
  if (!(error instanceof AzureCallError)) throw error
  const { message, kind, retryAfterSeconds: seconds = 0 } = error
  if (isPassing(error) && seconds > longestRetrySeconds) return { wait: { seconds, message, kind } }
  if (isPassing(error)) throw error
  refusedOf(error, kind, invocation)
  const { refused, place } = error
  return { refused: { message: error.told, kind, ...(refused ? { refused } : { place }) } }
}

function refusedOf({ message }: Error, kind: string, invocation: Invocation) {
  invocation.warn(`refused activity=${invocation.functionName} kind=${kind}: ${message}`)
  return { refused: { message, kind } }
}

/** The retries of an activity come at least once in this time by themselves. */
const longestRetrySeconds = 120

/** What the alert "finding" of infra/modules/alerts.bicep looks for. What a draft of a plan finds alerts nobody. */
function tellFindings(input: object, done: object | null, log: Log): void {
  if ('draft' in input || !done || !('findings' in done) || !Array.isArray(done.findings)) return
  warnOf(log, done.findings as readonly Finding[])
}
