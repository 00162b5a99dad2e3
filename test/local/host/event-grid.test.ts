import { beforeEach, expect, test } from 'vitest'
import { app, df, jsonOf, type TestHost, withHost } from '../../conformance/harness.ts'

// Handshakes: https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
// and the web hook specification of CloudEvents.

const seen: unknown[] = []
beforeEach(() => {
  seen.length = 0
})

function register(): void {
  app.eventGrid('onKey', {
    extraInputs: [df.input.durableClient()],
    handler(event, context) {
      if (event.subject === 'broken') throw new Error('not now')
      df.getClient(context)
      seen.push(event)
    }
  })
}

function post(host: TestHost, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${host.url}/runtime/webhooks/EventGrid?functionName=onKey`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers
  })
}

test('the validation handshake is answered with its code and calls no function', async () => {
  await withHost(register, async (host) => {
    const event = { eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: { validationCode: 'abc' } }
    const response = await post(host, [event], { 'aeg-event-type': 'SubscriptionValidation' })
    expect([response.status, await jsonOf(response)]).toEqual([200, { validationResponse: 'abc' }])
    const options = await fetch(`${host.url}/runtime/webhooks/EventGrid?functionName=onKey`, {
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'eventgrid.azure.net' }
    })
    expect([options.status, options.headers.get('webhook-allowed-origin')]).toEqual([200, 'eventgrid.azure.net'])
    expect(seen).toEqual([])
  })
})

test('each event of a batch, of either schema, calls the function', async () => {
  await withHost(register, async (host) => {
    const events = [
      { id: '1', subject: 'a', data: { n: 1 } },
      { id: '2', subject: 'b', data: { n: 2 } }
    ]
    expect((await post(host, events, { 'aeg-event-type': 'Notification' })).status).toBe(202)
    const cloudEvent = { specversion: '1.0', id: '3', source: '/vault', type: 'x', data: {} }
    expect((await post(host, cloudEvent, { 'content-type': 'application/cloudevents+json' })).status).toBe(202)
    expect(seen).toEqual([...events, cloudEvent])
  })
})

test('a failing function is answered 500, an unknown one 404, no JSON 400', async () => {
  await withHost(register, async (host) => {
    expect((await post(host, [{ subject: 'fine' }, { subject: 'broken' }])).status).toBe(500)
    expect(
      (await fetch(`${host.url}/runtime/webhooks/EventGrid?functionName=nobody`, { method: 'POST', body: '[]' })).status
    ).toBe(404)
    expect(
      (await fetch(`${host.url}/runtime/webhooks/EventGrid?functionName=onKey`, { method: 'POST', body: '{' })).status
    ).toBe(400)
  })
})
