import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deliveryReportType, hasArrived, parseDeliveryReport } from '../../../src/domain/mails/delivery-report.ts'

// The example of https://learn.microsoft.com/azure/event-grid/communication-services-email-events, with a mail of its own.
const data = {
  sender: 'DoNotReply@fabrikam.com',
  recipient: 'Spock@Microsoft.com',
  messageId: '0A1B2C3D-0000-4000-8000-000000000001',
  status: 'Bounced',
  deliveryStatusDetails: { statusMessage: '550 5.1.1\n unknown' },
  deliveryAttemptTimeStamp: '2026-11-24T00:22:20.2855749+00:00'
}
const event = { id: 'a', topic: '/subscriptions/s', subject: 'x', eventType: deliveryReportType, eventTime: 't', data }
const read = {
  operationId: data.messageId.toLowerCase(),
  recipient: 'spock@microsoft.com',
  status: 'Bounced',
  why: '550 5.1.1 unknown'
}

test('a report is read in both schemas, in any case, with and without details', () => {
  expect(parseDeliveryReport(event)).toEqual(read)
  const { eventType: type, ...rest } = event
  expect(parseDeliveryReport({ ...rest, type, specversion: '1.0' })).toEqual(read)
  const pascal = Object.fromEntries(Object.entries(data).map(([name, value]) => [name.toUpperCase(), value]))
  expect(parseDeliveryReport({ ...event, data: pascal })).toEqual(read)
  expect(parseDeliveryReport({ ...event, data: { ...data, deliveryStatusDetails: 'No error.' } })).toMatchObject({
    why: ''
  })
})

test('what does not say which mail, to whom and how it ended is no report', () => {
  const { messageId: _, ...unnamed } = data
  for (const bad of [
    unnamed,
    { ...data, messageId: '../../x' },
    { ...data, recipient: '' },
    { ...data, status: 'a b' },
    null
  ])
    expect(parseDeliveryReport({ ...event, data: bad })).toBeUndefined()
  expect(parseDeliveryReport({ ...event, eventType: 'Microsoft.KeyVault.KeyExpired' })).toBeUndefined()
})

test('nothing that anybody sends breaks it, and nothing but a whole report is read', () => {
  const values = fc.oneof(fc.anything(), fc.constantFrom(...Object.values(data)))
  const some = fc.record({
    eventType: fc.oneof(fc.constant(deliveryReportType), fc.anything()),
    data: fc.record({ messageId: values, recipient: values, status: values, deliveryStatusDetails: values })
  })
  fc.assert(
    fc.property(fc.oneof(fc.anything(), some), (anything) => {
      const report = parseDeliveryReport(anything)
      if (report)
        expect(report).toMatchObject({
          operationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          status: expect.stringMatching(/^[A-Za-z]+$/)
        })
    })
  )
})

test('delivered and expanded are the only good news', () => {
  const all = [
    'Delivered',
    'Expanded',
    'Bounced',
    'Suppressed',
    'Quarantined',
    'FilteredSpam',
    'Failed',
    'OutForDelivery',
    'Unheard'
  ]
  expect(all.filter((status) => hasArrived({ status }))).toEqual(['Delivered', 'Expanded'])
})
