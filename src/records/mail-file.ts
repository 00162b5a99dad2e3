import type { RecordStore } from '../contracts/record-store.ts'
import type { Reading } from '../domain/terms/reading.ts'
import { eml, type Draft } from '../domain/mails/eml.ts'

/** Where a mail that a person is to send lies in the records container. */
export const mailFileName = (onboarding: string, task: string): string => `${onboarding}/mail/${task}.eml`

/** Keeps a mail for the person who sends it; one that is there stays, since it may have been sent. */
export async function keepMailFile(
  store: RecordStore,
  onboarding: string,
  task: string,
  draft: Draft
): Promise<Reading<unknown>> {
  const blob = { bytes: new TextEncoder().encode(eml(draft)), contentType: 'message/rfc822' }
  return store.putNew({ container: 'records', name: mailFileName(onboarding, task) }, blob)
}
