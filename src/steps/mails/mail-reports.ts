import type { Azure } from '../../azure/connect.ts'
import type { Config } from '../../config/config.ts'
import type { MailReports } from '../../contracts/mail-reports.ts'
import { hasArrived } from '../../domain/mails/delivery-report.ts'
import { entriesOf } from '../../domain/terms/entries.ts'
import { sameText } from '../../domain/terms/same-text.ts'
import { workloads } from '../../domain/terms/workloads.ts'
import { keepDeliveryReport } from '../../records/delivery-report.ts'
import { aliasMailsSent } from '../../records/sent-mail.ts'
import { openOnboardings } from '../ledger/claims.ts'

/** Whoever has the key of the webhook can say anything: kept is what is about an alias, once for each mail. */
export function createMailReports({ app: { store } }: Azure, { aliases }: Pick<Config, 'aliases'>): MailReports {
  const receivers = entriesOf(workloads).map(([workload, { alias }]) => aliases[workload] ?? alias)
  return {
    async keep(report) {
      if (hasArrived(report) || !receivers.some((each) => sameText(each, report.recipient))) return []
      await keepDeliveryReport(store, report)
      const open = await openOnboardings(store)
      const sent = await Promise.all(
        open.map(async ({ onboarding }) => ({ onboarding, mails: await aliasMailsSent(store, onboarding) }))
      )
      return sent
        .filter(({ mails }) => mails.some(({ operationId }) => sameText(operationId, report.operationId)))
        .map(({ onboarding }) => onboarding)
    }
  }
}
