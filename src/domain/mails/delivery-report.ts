import { lowerCased, text } from '../backups/event-fields.ts'

/** What Azure tells of a mail and one of its recipients, minutes or days after it took the mail. Nothing is sent on it. */
export interface DeliveryReport {
  /** Of the send operation, lower case. */
  readonly operationId: string
  readonly recipient: string
  /** Azure's word, e.g. `Bounced`. */
  readonly status: string
  /** Its reason, one line; empty where it gives none. */
  readonly why: string
}

/**
 * https://learn.microsoft.com/azure/event-grid/communication-services-email-events and, for the names of the data,
 * https://learn.microsoft.com/javascript/api/@azure/eventgrid-systemevents/acsemaildeliveryreportreceivedeventdata
 */
export const deliveryReportType = 'Microsoft.Communication.EmailDeliveryReportReceived'

/**
 * Reads such an event in the Event Grid schema or as CloudEvents 1.0; property names in any case. Undefined: it is none, or says
 * nothing that can be used.
 */
export function parseDeliveryReport(event: unknown): DeliveryReport | undefined {
  const outer = lowerCased(event)
  if (text(outer, 'eventtype', 'type').toLowerCase() !== deliveryReportType.toLowerCase()) return undefined
  const data = lowerCased(outer.get('data'))
  const operationId = text(data, 'messageid').toLowerCase()
  const recipient = text(data, 'recipient').toLowerCase()
  const status = text(data, 'status')
  if (!guid.test(operationId) || !address.test(recipient) || !word.test(status)) return undefined
  const details = lowerCased(data.get('deliverystatusdetails'))
  const why = text(details, 'statusmessage')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
  return { operationId, recipient, status, why }
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const address = /^[^\s@]+@[^\s@]+$/
const word = /^[A-Za-z]{1,40}$/

/** `Expanded`: a distribution list took it. Whatever else Azure says means that the mail did not arrive. */
export const hasArrived = ({ status }: Pick<DeliveryReport, 'status'>): boolean =>
  ['delivered', 'expanded'].includes(status.toLowerCase())
