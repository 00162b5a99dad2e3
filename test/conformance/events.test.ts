import { expect, test } from 'vitest'
import { df, until, withHost } from './harness.ts'

// Names, whatever their case: ext ContextImplementations/DurableOrchestrationContext.cs 32-36; waiters 849-892, buffered
// events 905-960; answers: ext HttpApiHandler.cs 978-1020.

function register(): void {
  df.app.orchestration('one', function* (context) {
    return yield context.df.waitForExternalEvent('go')
  })
  df.app.orchestration('three', function* (context) {
    const got: unknown[] = []
    for (let index = 0; index < 3; index += 1) got.push(yield context.df.waitForExternalEvent('go'))
    return got
  })
  df.app.orchestration('late', function* (context) {
    yield context.df.waitForExternalEvent('first')
    return yield context.df.waitForExternalEvent('second')
  })
  df.app.orchestration('stacked', function* (context) {
    return yield context.df.Task.all([context.df.waitForExternalEvent('go'), context.df.waitForExternalEvent('go')])
  })
}

test("an event's data reaches the one that waits for it", async () => {
  await withHost(register, async (host) => {
    for (const data of ['text', 7, { by: 'Zoë' }, null, ['x']]) {
      const id = await host.client.startNew('one')
      await host.client.raiseEvent(id, 'go', data)
      expect((await host.ended(id)).output).toEqual(data)
    }
  })
})

test('an event raised before anybody waits is kept', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('late')
    await host.client.raiseEvent(id, 'second', 'early')
    await until(async () => (await host.history(id)).includes('EventRaised second'))
    await host.client.raiseEvent(id, 'first', null)
    expect((await host.ended(id)).output).toBe('early')
  })
})

test('events of one name keep their order', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('three')
    for (const number of [1, 2, 3]) await host.client.raiseEvent(id, 'go', number)
    expect((await host.ended(id)).output).toEqual([1, 2, 3])
  })
})

test('waiters stacked on one name are served last in, first out', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('stacked')
    for (const number of [1, 2]) await host.client.raiseEvent(id, 'go', number)
    expect((await host.ended(id)).output).toEqual([2, 1])
  })
})

test('an event for nobody is answered 404, for an ended instance 410, without JSON 400', async () => {
  await withHost(register, async (host) => {
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '1' }
    expect((await host.api('instances/none/raiseEvent/go', json)).status).toBe(404)
    const id = await host.client.startNew('one')
    expect((await host.api(`instances/${id}/raiseEvent/go`, { ...json, body: '{' })).status).toBe(400)
    expect(
      (await host.api(`instances/${id}/raiseEvent/go`, { ...json, headers: { 'content-type': 'text/plain' } })).status
    ).toBe(400)
    expect((await host.api(`instances/${id}/raiseEvent/go`, json)).status).toBe(202)
    await host.ended(id)
    expect((await host.api(`instances/${id}/raiseEvent/go`, json)).status).toBe(410)
    await expect(host.client.raiseEvent('none', 'go', 1)).rejects.toThrow('No instance with ID')
  })
})
