import type { Reading } from '../domain/terms/reading.ts'

/**
 * What the app asks of a service that sends mails. Azure's is `src/azure/mail.ts`; another is one file that gives this, and
 * the line of `src/azure/connect.ts` that connects it. It throws an `AzureCallError` where it fails, of a kind that passes
 * only where the same call may do later.
 */
export interface MailService {
  /**
   * Takes a mail over and does not wait for it. Ask `sendState` first: a service need not know a mail again, and a second
   * call may be a second mail.
   */
  send(mail: OutgoingMail): Promise<Reading<{ operationId: string }>>
  /** What became of a mail; undefined where the service knows none of that operation id. */
  sendState(operationId: string): Promise<Reading<SendState | undefined>>
}

export interface OutgoingMail {
  /** A GUID derived from what the mail is for, so that a second try can ask for the first one. */
  readonly operationId: string
  readonly to: readonly string[]
  readonly cc?: readonly string[]
  readonly subject: string
  readonly text: string
  /** The same for programs that show it. */
  readonly html?: string
  /** Where answers go: nobody reads the sender's mailbox. */
  readonly replyTo?: readonly string[]
}

/** `Running`: taken over, and nothing more is known. `Succeeded`: given to the recipients' servers. */
export type SendState = 'Running' | 'Succeeded' | 'Failed' | 'Canceled'
