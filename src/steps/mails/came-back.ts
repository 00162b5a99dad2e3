import type { RecordStore } from '../../contracts/record-store.ts'
import { cameBackOf } from '../../domain/checks/mail-delivery.ts'
import type { Finding } from '../../domain/terms/evidence.ts'
import { workloadNames } from '../../domain/terms/workloads.ts'
import { hasDeliveryReports, readDeliveryReport } from '../../records/delivery-report.ts'
import { aliasMailKind, aliasMailsSent, type SentMail } from '../../records/sent-mail.ts'

/**
 * Aliases that no mail reached, by what Azure reported after it had taken them (R22). One that was sent once more and of which
 * nothing bad was told is over.
 */
export async function cameBack(store: RecordStore, onboarding: string): Promise<readonly Finding[]> {
  if (!(await hasDeliveryReports(store))) return [] // as nearly always, and each look at the registration asks
  const mails = await aliasMailsSent(store, onboarding)
  const reported = await Promise.all(mails.map(async (mail) => ({ mail, report: await reportOf(store, mail) })))
  return [...new Set(mails.map(({ kind }) => kind))].flatMap((kind) => {
    const own = reported.filter(({ mail }) => mail.kind === kind)
    const [first] = own
    const workload = workloadNames.find((each) => kind === aliasMailKind(each))
    if (!first?.report || !workload || own.some(({ report }) => !report)) return []
    return [cameBackOf(first.report, { onboarding, workload, to: first.mail.to[0] ?? '' })]
  })
}

/** Of the alias itself: a copy that an operator did not get is another mail's matter. */
const reportOf = (store: RecordStore, { operationId, to }: SentMail) =>
  readDeliveryReport(store, { operationId: operationId.toLowerCase(), recipient: (to[0] ?? '').toLowerCase() })
