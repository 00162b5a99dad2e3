import type { Azure } from '../azure/connect.ts'
import type { Config } from '../config/config.ts'
import type { Activities, ActivityName } from '../contracts/activities.ts'
import type { Ledger } from '../contracts/ledger.ts'
import type { Finding } from '../domain/terms/evidence.ts'

/** What an activity does with its input. Whatever it logs names no secret. */
export type Step<N extends ActivityName> = (input: Activities[N]['input'], log: Log) => Promise<Activities[N]['output']>

/** The host's log, as far as steps use it. */
export interface Log {
  info(line: string): void
  warn(line: string): void
}

/** Everything a step may reach. */
export interface Reach {
  readonly azure: Azure
  readonly config: Config
}

/** What steps reach that read the ledger, or add to it. */
export interface LedgerReach {
  readonly ledger: Ledger
}

/**
 * For steps that tell of findings otherwise than by `findings` of their output: what the alert "finding" of
 * infra/modules/alerts.bicep looks for.
 */
export function warnOf(log: Log, findings: readonly Finding[]): void {
  for (const { code, resource } of findings) log.warn(`finding code=${code} resource=${resource}`)
}
