import { EmailClient } from '@azure/communication-email'
import type { EmailMessage } from '@azure/communication-email'
import type { PipelinePolicy } from '@azure/core-rest-pipeline'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { retentions } from '../../../../local/azure/arm/features/retention.ts'
import type { Surroundings } from '../../../../local/azure/core/service.ts'
import { outbox } from '../../../../local/azure/email/outbox.ts'
import type { SentMail } from '../../../../local/azure/email/outbox.ts'
import { emailService } from '../../../../local/azure/email/service.ts'
import {
  appIdentity,
  credentialOf,
  freshSurroundings,
  serveDataPlanes,
  slotIdentity,
  textLike,
  textWith
} from '../data-planes.ts'

const around: Surroundings = freshSurroundings()
const host = 'ck-contoso.communication.azure.com'
const sender = 'DoNotReply@contoso.mail.contoso.com'
let azure: Awaited<ReturnType<typeof serveDataPlanes>>
let already = 0

beforeAll(async () => {
  azure = await serveDataPlanes([emailService({ host, sender, maySend: [appIdentity.objectId] })], around)
})
afterAll(() => azure.stop())
beforeEach(() => {
  already = outbox(around.world).values().length
})

function client(identity = appIdentity, audience?: string): EmailClient {
  return new EmailClient(`https://${host}`, credentialOf(identity, around, audience), azure.options())
}

function mail(changes: Partial<EmailMessage> = {}): EmailMessage {
  return {
    senderAddress: sender,
    content: { subject: 'Customer Key for contoso.com', plainText: 'Hello' },
    recipients: { to: [{ address: 'exock@microsoft.com' }], cc: [{ address: 'alice@contoso.com' }] },
    ...changes
  }
}

function sentNow(): Readonly<SentMail>[] {
  return outbox(around.world).values().slice(already)
}

describe('a mail sent by the real client', () => {
  test('lies in the outbox with its addresses, subject, text and simulated date', async () => {
    const poller = await client().beginSend(mail())
    expect(await poller.pollUntilDone()).toMatchObject({ status: 'Succeeded' })
    expect(sentNow()).toMatchObject([
      {
        from: sender,
        to: ['exock@microsoft.com'],
        cc: ['alice@contoso.com'],
        subject: 'Customer Key for contoso.com',
        text: 'Hello',
        acceptedAt: textLike(/^2026-01-05T17:0/)
      }
    ])
  })

  test('is running at the first look and done at the next', async () => {
    const poller = await client().beginSend(mail())
    expect(poller.isDone()).toBe(false)
    await poller.poll()
    expect(poller.isDone()).toBe(true)
  })

  test('goes under the operation id it was given, and can be asked for by it without being sent again', async () => {
    const operationId = crypto.randomUUID()
    const poller = await client().beginSend(mail(), { operationId })
    const resumed = await client().beginSend(mail(), { resumeFrom: poller.toString() })
    expect(await resumed.pollUntilDone()).toMatchObject({ id: operationId, status: 'Succeeded' })
    expect(sentNow()).toMatchObject([{ operationId }])
  })

  test('is sent twice when the same operation id is posted twice: nothing is promised about duplicates', async () => {
    const operationId = crypto.randomUUID()
    await client().beginSend(mail(), { operationId })
    await client().beginSend(mail(), { operationId })
    expect(sentNow().map((each) => each.operationId)).toEqual([operationId, operationId])
  })

  test('gets an id of the server where the client gave none', async () => {
    await client().beginSend(mail())
    expect(sentNow()[0]?.operationId).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('is read by Microsoft when it went to an alias and names a subscription', async () => {
    const subscriptionId = crypto.randomUUID()
    await client().beginSend(mail({ content: { subject: 's', plainText: `Subscription ${subscriptionId}` } }))
    expect(retentions(around.world).get(subscriptionId)?.mailedAt).toBeTypeOf('number')
  })
})

describe('Communication Services refuses', () => {
  test.each([
    ['a sender that is not linked', mail({ senderAddress: 'me@contoso.com' }), 404, 'DomainNotLinked'],
    ['a mail without recipients', mail({ recipients: {} }), 400, 'BadRequest'],
    ['an address that is none', mail({ recipients: { to: [{ address: 'alice' }] } }), 400, 'InvalidEmailAddress'],
    ['a mail without a subject', mail({ content: { subject: '', plainText: 'x' } }), 400, 'BadRequest'],
    ['a mail without a text', mail({ content: { subject: 's', plainText: ' ' } }), 400, 'BadRequest']
  ])('%s', async (_what, message, statusCode, code) => {
    await expect(client().beginSend(message)).rejects.toMatchObject({ statusCode, code })
    expect(sentNow()).toEqual([])
  })

  test('an identity that may not send', async () => {
    await expect(client(slotIdentity).beginSend(mail())).rejects.toMatchObject({ statusCode: 403 })
    expect(sentNow()).toEqual([])
  })

  test('a token for another audience', async () => {
    await expect(client(appIdentity, 'https://vault.azure.net').beginSend(mail())).rejects.toMatchObject({
      statusCode: 401
    })
  })

  // https://github.com/Azure/Communication/issues/159
  test('a version it does not know, or none', async () => {
    const changed: PipelinePolicy = {
      name: 'changed',
      sendRequest: (request, next) => {
        request.url = request.url.replace(/api-version=[^&]*/, version)
        return next(request)
      }
    }
    let version = 'api-version=2020-07-20-preview2'
    const credential = credentialOf(appIdentity, around)
    const additionalPolicies = [{ policy: changed, position: 'perCall' as const }]
    const other = new EmailClient(`https://${host}`, credential, { ...azure.options(), additionalPolicies })
    const refused = (code: string) => expect(other.beginSend(mail())).rejects.toMatchObject({ statusCode: 400, code })
    await refused('UnsupportedApiVersion')
    version = ''
    await refused('ApiVersionUnspecified')
  })

  test('an operation id that is no UUID', async () => {
    // The client checks it too, so it has to be put in behind its back.
    const policy: PipelinePolicy = {
      name: 'badOperationId',
      sendRequest: (request, next) => {
        request.headers.set('Operation-Id', 'once')
        return next(request)
      }
    }
    const options = { ...azure.options(), additionalPolicies: [{ policy, position: 'perCall' as const }] }
    const meddler = new EmailClient(`https://${host}`, credentialOf(appIdentity, around), options)
    await expect(meddler.beginSend(mail())).rejects.toMatchObject({ statusCode: 400 })
    expect(sentNow()).toEqual([])
  })

  test('to tell of an operation it never had', async () => {
    const poller = await client().beginSend(mail())
    const other = poller.toString().replaceAll(sentNow()[0]?.operationId ?? '', crypto.randomUUID())
    await expect(client().beginSend(mail(), { resumeFrom: other })).rejects.toMatchObject({
      statusCode: 404,
      message: textWith('could not be located')
    })
  })

  test('another resource of the service, whose name does not resolve', async () => {
    const credential = credentialOf(appIdentity, around)
    const stray = new EmailClient('https://other.communication.azure.com', credential, azure.options())
    await expect(stray.beginSend(mail())).rejects.toMatchObject({ name: 'RestError', statusCode: undefined })
  })
})
