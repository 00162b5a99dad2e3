import { seenAt } from '../../domain/terms/evidence.ts'
import type { Reading } from '../../domain/terms/reading.ts'
import type { Azure } from '../../azure/connect.ts'
import type { OutgoingMail, SendState } from '../../contracts/mail-service.ts'
import { locks } from '../../records/locks.ts'
import { noteHanded } from '../../records/handed-mails.ts'
import { readSentMail, writeSentMail, type SentMail } from '../../records/sent-mail.ts'

export interface MailPurpose {
  readonly onboarding: string
  /** e.g. `alias-exchange`: one mail of each kind. */
  readonly kind: string
  readonly now: string
}

/** `sentAt`: when it was handed over first, ISO 8601 UTC. */
export interface Sent extends Reading<SendState> {
  readonly sentAt: string
}

/**
 * Sends a mail unless it was sent before. Azure does not promise to de-duplicate, so our own record is read first, then
 * Azure is asked for the operation id (a run that died after sending left no record), and only then is the mail sent: all
 * of it under a lease, because another instance may be about to do the same.
 */
export async function sendOnce(azure: Azure, purpose: MailPurpose, mail: OutgoingMail): Promise<Sent> {
  const { store, mail: service } = azure.app
  const { operationId } = mail
  return store.withLease(locks.mail(operationId), async () => {
    const before = await sentBefore(azure, purpose, operationId)
    const known = await service.sendState(operationId)
    if (before) return { ...known, value: known.value ?? 'Succeeded', sentAt: before.sentAt } // Azure forgets operations
    const { kind, now } = purpose
    if (known.value === undefined) await noteHanded(store, { operationId, at: seenAt(now, known.call) })
    const sent = known.value === undefined ? await service.send(mail) : known
    const sentAt = seenAt(now, sent.call)
    await writeSentMail(store, { ...purpose, operationId }, { kind, operationId, to: [...mail.to], sentAt })
    return { value: known.value ?? 'Running', call: sent.call, sentAt }
  })
}

/** What our own record says of it; without one it may have been sent all the same. */
export const sentBefore = (
  { app }: Azure,
  purpose: Omit<MailPurpose, 'now'>,
  operationId: string
): Promise<SentMail | undefined> => readSentMail(app.store, { ...purpose, operationId })
