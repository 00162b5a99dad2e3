import type { Reading } from '../../domain/terms/reading.ts'
import type { Azure } from '../../azure/connect.ts'
import type { OutgoingMail, SendState } from '../../contracts/mail-service.ts'
import { readSentMail, writeSentMail } from '../../records/sent-mail.ts'

export interface MailPurpose {
  readonly onboarding: string
  /** e.g. `alias-exchange`: one mail of each kind. */
  readonly kind: string
  readonly now: string
}

/**
 * Sends a mail unless it was sent before. Azure does not promise to de-duplicate, so our own record is read first, then
 * Azure is asked for the operation id (a run that died after sending left no record), and only then is the mail sent.
 */
export async function sendOnce(azure: Azure, purpose: MailPurpose, mail: OutgoingMail): Promise<Reading<SendState>> {
  const { app } = azure
  const recorded = await wasSent(azure, purpose, mail.operationId)
  const state = await app.mail.sendState(mail.operationId)
  const known = state.value ?? (recorded ? 'Succeeded' : undefined) // Azure forgets operations; the record does not
  const sent = known === undefined ? await app.mail.send(mail) : state
  if (!recorded) {
    const record = { kind: purpose.kind, operationId: mail.operationId, to: [...mail.to], sentAt: purpose.now }
    await writeSentMail(app.store, { ...purpose, operationId: mail.operationId }, record)
  }
  return { value: known ?? 'Running', call: sent.call }
}

/** Whether our own record says so; without one it may have been sent all the same. */
export async function wasSent({ app }: Azure, purpose: MailPurpose, operationId: string): Promise<boolean> {
  return (await readSentMail(app.store, { ...purpose, operationId })) !== undefined
}
