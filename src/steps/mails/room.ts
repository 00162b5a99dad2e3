import type { RecordStore } from '../../contracts/record-store.ts'
import { handedWithinHour } from '../../records/handed-mails.ts'

/**
 * Whether a letter to people finds room in what the mail service takes of one sender in an hour: three tenths of it are kept for
 * mails to Microsoft, one for each workload.
 * https://learn.microsoft.com/azure/communication-services/concepts/service-limits
 */
export const hasRoom = async (store: RecordStore, sender: string, now: string): Promise<boolean> =>
  (await handedWithinHour(store, now)) < 0.7 * mostInAnHour(sender)

/** A domain that Azure manages may send little, a domain of one's own more. */
const mostInAnHour = (sender: string): number => (sender.toLowerCase().endsWith('.azurecomm.net') ? 10 : 100)
