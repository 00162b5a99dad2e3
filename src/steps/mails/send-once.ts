import type { Reading } from '../../domain/terms/reading.ts'
import type { Azure } from '../../azure/connect.ts'
import type { OutgoingMail, SendState } from '../../contracts/mail-service.ts'
import { locks } from '../../records/locks.ts'
import { readSentMail, writeSentMail } from '../../records/sent-mail.ts'

export interface MailPurpose {
  readonly onboarding: string
  /** e.g. `alias-exchange`: one mail of each kind. */
  readonly kind: string
  readonly now: string
}

/**
 * Sends a mail unless it was sent before. Azure does not promise to de-duplicate, so our own record is read first, then
 * Azure is asked for the operation id (a run that died after sending left no record), and only then is the mail sent: under a
 * lease, because another instance may be about to do the same.
 */
export async function sendOnce(azure: Azure, purpose: MailPurpose, mail: OutgoingMail): Promise<Reading<SendState>> {
  const { app } = azure
  const { operationId } = mail
  if (await wasSent(azure, purpose, operationId)) {
    const { value = 'Succeeded', call } = await app.mail.sendState(operationId) // Azure forgets operations; the record does not
    return { value, call }
  }
  return app.store.withLease(locks.mail(operationId), async () => {
    const known = await app.mail.sendState(operationId)
    const sent = known.value === undefined ? await app.mail.send(mail) : known
    const record = { kind: purpose.kind, operationId, to: [...mail.to], sentAt: purpose.now }
    await writeSentMail(app.store, { ...purpose, operationId }, record)
    return { value: known.value ?? 'Running', call: sent.call }
  })
}

/** Whether our own record says so; without one it may have been sent all the same. */
export async function wasSent({ app }: Azure, purpose: MailPurpose, operationId: string): Promise<boolean> {
  return (await readSentMail(app.store, { ...purpose, operationId })) !== undefined
}
