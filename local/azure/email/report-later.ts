import type { Surroundings } from '../core/service.ts'
import type { Collection, World } from '../core/world.ts'
import { deliverSoon } from '../eventgrid/delivery.ts'
import type { EventGridEvent } from '../eventgrid/key-event.ts'
import { eventSubscriptions } from '../eventgrid/topic-record.ts'
import { stableGuid } from '../stable-guid.ts'
import type { SentMail } from './outbox.ts'

/** What is told of mails to an address after they were accepted and their operations succeeded. */
export interface LateReport {
  /** `Bounced`, `Suppressed`, `Quarantined`, `FilteredSpam`, `Failed`; `Delivered` and `Expanded` are good news. */
  readonly status: string
  readonly afterMinutes: number
  readonly why?: string
}

/** By address, lower case. */
export function lateReports(world: World): Collection<LateReport> {
  return world.collection('late-reports')
}

const kind = 'email-report'

/** Handlers of what Communication Services does by itself; only `reportLater` puts entries of this kind on the agenda. */
export const reportAgenda = {
  [kind]: (payload: unknown, around: Surroundings) => deliverSoon(payload as EventGridEvent, around)
}

export function reportLater({ to, from, operationId, id }: SentMail, host: string, around: Surroundings): void {
  for (const recipient of to) {
    const report = lateReports(around.world).get(recipient.toLowerCase())
    if (!report) continue
    const at = around.clock.now() + report.afterMinutes * 60_000
    const event = reportOf({ sender: from, recipient, messageId: operationId }, { host, at, report })
    around.clock.schedule({ kind, key: `${kind}/${id}/${recipient}`, at, payload: event })
  }
}

interface Reported {
  readonly host: string
  readonly at: number
  readonly report: LateReport
}

/** https://learn.microsoft.com/azure/event-grid/communication-services-email-events */
function reportOf(
  mail: { readonly sender: string; readonly recipient: string; readonly messageId: string },
  { host, at, report: { status, why = '' } }: Reported
): EventGridEvent {
  const eventTime = new Date(at).toISOString()
  return {
    id: stableGuid(mail.messageId, `${mail.recipient} ${eventTime}`),
    topic: resourceId(host),
    subject: `sender/${mail.sender}/message/${mail.messageId}`,
    eventType: 'Microsoft.Communication.EmailDeliveryReportReceived',
    eventTime,
    data: { ...mail, status, deliveryStatusDetails: { statusMessage: why }, deliveryAttemptTimeStamp: eventTime },
    dataVersion: '1.0',
    metadataVersion: '1'
  }
}

/** As infra/modules/mail-reports.bicep does: the app hears of reports from then on. */
export function subscribeToReports(world: World, host: string, endpointUrl: string): void {
  const topicId = `${resourceId(host)}/events`
  const id = `${topicId}/eventsubscriptions/customer-key-mail`
  eventSubscriptions(world).set(id, {
    id,
    name: 'customer-key-mail',
    topicId,
    source: resourceId(host),
    endpointUrl,
    eventDeliverySchema: 'EventGridSchema',
    includedEventTypes: ['Microsoft.Communication.EmailDeliveryReportReceived'],
    maxDeliveryAttempts: 30,
    eventTimeToLiveInMinutes: 1440,
    readyAt: 0
  })
}

const resourceId = (host: string): string =>
  `/subscriptions/00000000-0000-4000-8000-00000000000a/resourcegroups/rg-app/providers/microsoft.communication/communicationservices/${host.split('.')[0] ?? ''}`
