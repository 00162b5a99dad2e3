import type { InvocationContext } from '@azure/functions'
import type { Steps } from '../../contracts/steps.ts'
import type { Tally } from '../../domain/backups/tally.ts'
import { onboardingChain } from '../../domain/ledger/chains.ts'
import { parseDeliveryReport } from '../../domain/mails/delivery-report.ts'
import { orchestrationsOf } from '../durable-client.ts'
import { wakeAll } from '../wake.ts'

/**
 * What Azure reports of a mail after it took it. One that came back is kept, and whoever waits for the answer to it looks. What
 * is no such event is counted, logged once and dropped, as with keys.
 */
export const mailEvent =
  ({ mailReports, ledger }: Pick<Steps, 'mailReports' | 'ledger'>, dropped: Tally) =>
  async (event: unknown, context: InvocationContext): Promise<void> => {
    const report = parseDeliveryReport(event)
    if (!report) {
      if (dropped.count('malformed'))
        context.warn('An event that is no delivery report of a mail was dropped. More are only counted.')
      return
    }
    const concerned = await mailReports.keep(report)
    if (concerned.length === 0) return
    context.warn(`mail-came-back operation=${report.operationId} status=${report.status}`)
    await wakeAll({ ledger, orchestrations: orchestrationsOf(context) }, concerned.map(onboardingChain))
  }
