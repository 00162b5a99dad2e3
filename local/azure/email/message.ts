import { AzureError } from '../core/service.ts'
import type { SentMail } from './outbox.ts'

/** What a mail says and to whom; without what the service adds. */
export type Message = Omit<SentMail, 'id' | 'operationId' | 'acceptedAt'>

/** Reads the body of a send request. Throws what Communication Services refuses. */
export function readMessage(body: Buffer, linkedSender: string): Message {
  const { senderAddress, content, recipients, replyTo }: Wire = parsed(body)
  if (senderAddress?.toLowerCase() !== linkedSender.toLowerCase()) throw notLinked()
  return { from: senderAddress, ...readContent(content), ...readRecipients(recipients), replyTo: addresses(replyTo) }
}

interface Wire {
  readonly senderAddress?: string
  readonly content?: { readonly subject?: string; readonly plainText?: string; readonly html?: string }
  readonly replyTo?: readonly Address[]
  readonly recipients?: Readonly<Partial<Record<'to' | 'cc' | 'bcc', readonly Address[]>>>
}

interface Address {
  readonly address?: string
}

function parsed(body: Buffer): Wire {
  try {
    const value: unknown = JSON.parse(body.toString())
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Said below, like any other body that is no object.
  }
  throw new AzureError(400, 'BadRequest', 'The request body is not a JSON object.')
}

function readContent({ subject, plainText, html }: NonNullable<Wire['content']> = {}) {
  if (!filled(subject)) throw invalid('content.subject')
  if (!filled(plainText) && !filled(html)) throw invalid('content.plainText')
  return { subject, text: plainText ?? '', ...(filled(html) ? { html } : {}) }
}

/** https://learn.microsoft.com/azure/communication-services/concepts/service-limits */
const mostRecipients = 50

function readRecipients(recipients: NonNullable<Wire['recipients']> = {}) {
  const [to, cc, bcc] = [addresses(recipients.to), addresses(recipients.cc), addresses(recipients.bcc)]
  const count = to.length + cc.length + bcc.length
  // `to` is the one list of `EmailRecipients` that is required, in the definition that facts.json names.
  if (to.length === 0) throw invalid('recipients.to')
  if (count > mostRecipients) throw invalid('recipients')
  return { to, cc, bcc }
}

function addresses(list: readonly Address[] = []): readonly string[] {
  if (!Array.isArray(list)) throw invalid('recipients')
  return list.map(({ address = '' }: Address) => {
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) {
      throw new AzureError(400, 'InvalidEmailAddress', `The email address '${address}' is not valid.`)
    }
    return address
  })
}

function filled(text: string | undefined): text is string {
  return typeof text === 'string' && text.trim() !== ''
}

function invalid(property: string): AzureError {
  return new AzureError(400, 'BadRequest', `Request body validation error. See property '${property}'.`)
}

function notLinked(): AzureError {
  return new AzureError(404, 'DomainNotLinked', 'The specified sender domain has not been linked.')
}
