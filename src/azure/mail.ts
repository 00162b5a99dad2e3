import { EmailClient } from '@azure/communication-email'
import { z } from 'zod'
import { publicCloud } from '../domain/terms/clouds.ts'
import { absentOn, createAsk, reword, type Connection, type Seen } from './call.ts'
import { onceOnlyOptions } from './clients.ts'
import { once } from '../lazily.ts'
import { createSendJson } from './rest.ts'

export interface OutgoingMail {
  /** A GUID derived from what the mail is for, so that a second try can ask for the first one. */
  readonly operationId: string
  readonly to: readonly string[]
  readonly cc?: readonly string[]
  readonly subject: string
  readonly text: string
  /** The same for programs that show it. */
  readonly html?: string
  /** Where answers go: nobody reads the sender's mailbox. */
  readonly replyTo?: readonly string[]
}

/** `Canceled` is Azure's third way to end. */
export type SendState = 'NotStarted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled'

export type Mail = ReturnType<typeof createMail>

export function createMail(connection: Connection) {
  const ask = createAsk(connection, 'Communication Services')
  const { endpoint, sender } = connection.config.mail
  // Azure promises no de-duplication: a repeated send may be a second mail, whatever its operation id.
  const client = once(() => new EmailClient(endpoint, connection.credential, onceOnlyOptions(connection)))
  const sendJson = createSendJson(connection, `${publicCloud.mail}/.default`)
  return {
    /** Hands the mail over and does not wait for it. Ask `sendState` first: this call cannot be repeated safely. */
    send: (mail: OutgoingMail): Promise<Seen<{ operationId: string }>> =>
      ask('SEND mail', async (options) => {
        const { operationId, to, cc = [], subject, text, html, replyTo = [] } = mail
        await client().beginSend(
          {
            senderAddress: sender,
            recipients: { to: addressed(to), cc: addressed(cc) },
            replyTo: addressed(replyTo),
            content: { subject, plainText: text, ...(html === undefined ? {} : { html }) },
            disableUserEngagementTracking: true
          },
          { ...options, operationId }
        )
        return { operationId }
      }),

    /** What became of a mail; undefined when Azure knows no mail of that operation id. */
    sendState: async (operationId: string): Promise<Seen<SendState | undefined>> =>
      reword(
        await absentOn(
          unknownOperation,
          ask('GET mail state', (options) =>
            sendJson(
              {
                method: 'GET',
                url: `${endpoint}/emails/operations/${operationId}?api-version=${apiVersion}`
              },
              operation,
              options
            )
          )
        ),
        (found) => found?.status
      )
  }
}

const addressed = (addresses: readonly string[]) => addresses.map((address) => ({ address }))

// `EmailClient` cannot ask about a mail that another process sent. This is the version its own calls carry.
const apiVersion = '2025-09-01'

const unknownOperation = ['NotFound', 'OperationNotFound', 'ResourceNotFound', 'NoCode']

const operation = z.object({ status: z.enum(['NotStarted', 'Running', 'Succeeded', 'Failed', 'Canceled']) })
