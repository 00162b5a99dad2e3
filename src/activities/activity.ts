import type { Azure } from '../azure/connect.ts'
import { AzureCallError, isPassing } from '../azure/errors.ts'
import { inStep } from '../azure/telemetry.ts'
import type { Config } from '../config.ts'
import type { Activities, ActivityName } from '../domain/activity-contracts.ts'
import type { Finding } from '../domain/evidence.ts'
import type { Outcome } from '../domain/outcome.ts'

/** What an activity does with its input. Whatever it logs names no secret. */
export type Work<N extends ActivityName> = (input: Activities[N]['input'], log: Log) => Promise<Activities[N]['output']>

/** The host's log, as far as activities use it. */
export interface Log {
  info(line: string): void
  warn(line: string): void
}

/** Everything an activity may reach. */
export interface Reach {
  readonly azure: Azure
  readonly config: Config
}

/** What the host gives an activity beside its input, as far as it is looked at. */
export interface Invocation extends Log {
  readonly functionName: string
}

/**
 * Final refusals are returned, passing failures thrown: only what a retry may cure is retried (DESIGN rule 2). Where Azure asks
 * for a longer wait than retries make, that is returned too: a durable timer keeps it.
 */
export const activity =
  <N extends ActivityName>(work: Work<N>) =>
  async (input: Activities[N]['input'], invocation: Invocation): Promise<Outcome<Activities[N]['output']>> => {
    try {
      const step = { activity: invocation.functionName, onboarding: 'onboarding' in input ? input.onboarding : '' }
      const done = await inStep(step, () => work(input, invocation))
      tellFindings(input, done, invocation)
      return { done }
    } catch (error) {
      if (!(error instanceof AzureCallError)) throw error
      const { message, kind, retryAfterSeconds: seconds = 0 } = error
      if (isPassing(error) && seconds > longestRetrySeconds) return { wait: { seconds, message, kind } }
      if (isPassing(error)) throw error
      invocation.warn(`refused activity=${invocation.functionName} kind=${kind}: ${message}`)
      return { refused: { message, kind } }
    }
  }

/** The retries of an activity come at least once in this time by themselves. */
const longestRetrySeconds = 120

/** What the alert "finding" of infra/modules/alerts.bicep looks for. A plan's dry run alerts nobody. */
function tellFindings(input: object, done: object | null, log: Log): void {
  if (('dryRun' in input && input.dryRun === true) || !done || !('findings' in done) || !Array.isArray(done.findings))
    return
  warnOf(log, done.findings as readonly Finding[])
}

/** For activities that tell of findings otherwise than by `findings` of their output. */
export function warnOf(log: Log, findings: readonly Finding[]): void {
  for (const { code, resource } of findings) log.warn(`finding code=${code} resource=${resource}`)
}
