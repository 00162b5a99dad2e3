import { EmailClient } from '@azure/communication-email'
import type { MailService } from '../contracts/mail-service.ts'
import { publicCloud } from '../domain/terms/clouds.ts'
import { Misfit } from './answers/misfit.ts'
import { absentOn, createAsk, reword, type CallOptions, type Connection } from './call.ts'
import { onceOnlyOptions } from './clients.ts'
import { once } from '../lazily.ts'
import { createSendJson } from './rest.ts'

/** Azure Communication Services, as the identity `app`. */
export function createMail(connection: Connection): MailService {
  const ask = createAsk(connection, 'Communication Services')
  const { endpoint, sender } = connection.config.mail
  // Azure promises no de-duplication: a repeated send may be a second mail, whatever its operation id.
  const client = once(() => new EmailClient(endpoint, connection.credential, onceOnlyOptions(connection)))
  const sendJson = createSendJson(connection, `${publicCloud.mail}/.default`)
  return {
    send: (mail) =>
      ask('SEND mail', async (to) => {
        const { operationId, cc = [], subject, text, html, replyTo = [] } = mail
        const message = {
          senderAddress: sender,
          recipients: { to: addressed(mail.to), cc: addressed(cc) },
          replyTo: addressed(replyTo),
          content: { subject, plainText: text, ...(html === undefined ? {} : { html }) },
          disableUserEngagementTracking: true
        }
        const options = to('emails.send')
        let accepted = false
        const onResponse: CallOptions['onResponse'] = (answer) => {
          accepted ||= answer.status === 202
          options.onResponse(answer)
        }
        try {
          await client().beginSend(message, { ...options, operationId, onResponse })
        } catch (error) {
          // The client looks at the operation at once. Whatever it hears of that, the mail was taken.
          if (!accepted || isUnreadYes(error)) throw error
        }
        return { operationId }
      }),

    sendState: async (operationId) =>
      reword(
        await absentOn(
          unknownOperation,
          ask('GET mail state', (to) =>
            sendJson(
              {
                method: 'GET',
                url: `${endpoint}/emails/operations/${operationId}?api-version=${apiVersion}`
              },
              to('emails.getSendResult')
            )
          )
        ),
        (found) => found && (ended.find((state) => state === found.status) ?? 'Running')
      )
  }
}

/** Whatever else Azure calls it, it is not over. */
const ended = ['Succeeded', 'Failed', 'Canceled'] as const

/** Of the sending itself: what the client then asks is answered 200. */
const isUnreadYes = (error: unknown): boolean => error instanceof Misfit && error.response?.status === 202

const addressed = (addresses: readonly string[]) => addresses.map((address) => ({ address }))

// `EmailClient` cannot ask about a mail that another process sent. This is the version its own calls carry.
const apiVersion = '2025-09-01'

const unknownOperation = ['NotFound', 'OperationNotFound', 'ResourceNotFound', 'Status404']
