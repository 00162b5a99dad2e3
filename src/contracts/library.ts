import type { HandOff } from '../domain/hand-off/hand-off.ts'
import type { SendTask } from '../domain/tasks/send.ts'
import type { EvidencePage } from '../domain/views/documents.ts'
import type { LedgerPage } from '../domain/views/ledger-page.ts'

/** What may be read of an onboarding's records: the routes that serve downloads are handed one. */
export interface Library {
  /** The hand-off, and its text as it lies there; undefined before it is written. */
  handOff(onboarding: string): Promise<{ readonly text: string; readonly handOff: HandOff } | undefined>
  /** The same as Markdown. */
  handOffMarkdown(onboarding: string): Promise<string | undefined>
  /** What a cancelled onboarding leaves in Azure, as Markdown; undefined where none was written. */
  remains(onboarding: string): Promise<string | undefined>
  /** A mail that a person is to send, by the task that asks for it, as a file; undefined where none was written. */
  mail(onboarding: string, task: SendTask): Promise<string | undefined>
  /** Batches of evidence, by store and name; `after` is the continuation of the page before. */
  evidence(onboarding: string, after?: string): Promise<EvidencePage>
  /** Chains of the ledger as they lie there; `after` is the continuation of the page before. */
  ledger(onboarding: string, after?: string): Promise<LedgerPage>
}
