import type { Examiner } from './diagnosis.ts'
import type { Directory } from './directory.ts'
import type { Ledger } from './ledger.ts'
import type { Library } from './library.ts'
import type { MailReports } from './mail-reports.ts'
import type { Planner } from './planner.ts'
import type { Readers } from './readers.ts'
import type { Starts } from './starts.ts'
import type { Weigher } from './weigher.ts'

/**
 * All that routes ask of Azure and of the stores, in one port: they are handed it, and have no way there of their own. What may
 * have to wait on Azure is no part of it: that is an orchestration, which they start.
 */
export interface Steps {
  readonly library: Library
  readonly directory: Directory
  readonly examiner: Examiner
  readonly mailReports: MailReports
  readonly planner: Planner
  readonly readers: Readers
  readonly present: Present
  readonly layout: Layout
  readonly ledger: Ledger
  readonly starts: Starts
  readonly weigher: Weigher
}

/** Routes read no clock: the present is what the store of records says it is (DESIGN rule 7). */
export interface Present {
  /** ISO 8601 UTC, whole seconds. Undefined: the store does not answer. */
  now(): Promise<string | undefined>
}

/** Whether this version may work on the records that are there. */
export interface Layout {
  /** A sentence with what to do; undefined where it may. */
  whyNot(): Promise<string | undefined>
}
