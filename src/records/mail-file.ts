import type { Azure } from '../azure/connect.ts'
import type { Seen } from '../azure/call.ts'
import { eml, type Draft } from '../domain/mails/eml.ts'

/** Where a mail that a person is to send lies in the records container. */
export const mailFileName = (onboarding: string, task: string): string => `${onboarding}/mail/${task}.eml`

/** Keeps a mail for the person who sends it; one that is there stays, since it may have been sent. */
export async function keepMailFile(
  { app }: Azure,
  onboarding: string,
  task: string,
  draft: Draft
): Promise<Seen<unknown>> {
  const blob = { bytes: new TextEncoder().encode(eml(draft)), contentType: 'message/rfc822' }
  return app.store.putNew({ container: 'records', name: mailFileName(onboarding, task) }, blob)
}
