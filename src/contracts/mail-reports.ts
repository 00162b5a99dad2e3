import type { DeliveryReport } from '../domain/mails/delivery-report.ts'

/** Where what Azure reports of mails later is kept. */
export interface MailReports {
  /** Keeps one of a mail to an alias that did not arrive, and tells which open onboardings sent it. Of others nothing is kept. */
  keep(report: DeliveryReport): Promise<readonly string[]>
}
