import { expect, test } from 'vitest'
import { df, jsonOf, until, withHost } from './harness.ts'

// Fields: ext HttpApiHandler.cs 703; answers 598-692; the list 452-511; history for a reader: ext
// ContextImplementations/DurableClient.cs 938-1010; waiting for the end: ext HttpApiHandler.cs 228-278.

function register(): void {
  df.app.activity('echo', { handler: (input: unknown) => input })
  df.app.orchestration('story', function* (context) {
    context.df.setCustomStatus({ step: 'waiting' })
    yield context.df.waitForExternalEvent('go')
    context.df.setCustomStatus('done')
    return yield context.df.callActivity('echo', context.df.getInput())
  })
  df.app.orchestration('loud', function* (context) {
    context.df.setCustomStatus('x'.repeat(Number(context.df.getInput())))
    yield context.df.callActivity('echo', 1)
  })
}

test('a running instance is answered 202 with where to ask again, an ended one 200, an unknown one 404', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('story', { input: { a: 1 } })
    await until(async () => (await host.client.getStatus(id)).customStatus !== null)
    const running = await host.api(`instances/${id}`)
    expect(running.status).toBe(202)
    expect(running.headers.get('location')).toContain(`/instances/${id}`)
    expect(running.headers.get('retry-after')).toBe('5')
    expect(await running.json()).toEqual({
      name: 'story',
      instanceId: id,
      runtimeStatus: 'Running',
      version: null,
      input: { a: 1 },
      customStatus: { step: 'waiting' },
      output: null,
      createdTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      lastUpdatedTime: expect.stringMatching(/Z$/)
    })
    await host.client.raiseEvent(id, 'go', null)
    expect(await host.ended(id)).toMatchObject({ output: { a: 1 }, customStatus: 'done' })
    expect((await host.api('instances/none')).status).toBe(404)
    await expect(host.client.getStatus('none')).rejects.toThrow('404')
  })
})

test('history is shown on demand, with names, and with inputs and outputs only when asked for', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('story', { input: 'secret' })
    await host.client.raiseEvent(id, 'go', null)
    await host.ended(id)
    const bare = await host.client.getStatus(id, { showHistory: true, showInput: false })
    expect(JSON.stringify(bare)).not.toContain('"Input"')
    const full = await jsonOf<{ historyEvents: unknown }>(
      host.api(`instances/${id}?showHistory=true&showHistoryOutput=true`)
    )
    expect(full.historyEvents).toMatchObject([
      { EventType: 'ExecutionStarted', FunctionName: 'story', Input: '"secret"' },
      { EventType: 'EventRaised', Name: 'go' },
      { EventType: 'TaskCompleted', FunctionName: 'echo', Result: 'secret', ScheduledTime: expect.any(String) },
      { EventType: 'ExecutionCompleted', OrchestrationStatus: 'Completed', Result: 'secret' }
    ])
  })
})

test('the list is filtered by prefix, status and time, and comes in pages', async () => {
  await withHost(register, async (host) => {
    for (const instanceId of ['a-1', 'a-2', 'b-1']) await host.client.startNew('story', { instanceId })
    await host.client.terminate('a-2', 'x')
    await host.ended('a-2')
    expect((await host.client.getStatusAll()).map((one) => one.instanceId)).toEqual(['a-1', 'a-2', 'b-1'])
    const ids = async (query: string): Promise<string[]> =>
      (await jsonOf<{ instanceId: string }[]>(host.api(`instances?${query}`))).map((one) => one.instanceId)
    expect(await ids('instanceIdPrefix=a-')).toEqual(['a-1', 'a-2'])
    expect(await ids('runtimeStatus=Terminated,Failed')).toEqual(['a-2'])
    expect(await ids('runtimeStatus=Dead')).toHaveLength(3)
    expect(await ids(`createdTimeFrom=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([])
    const first = await host.api('instances?top=2')
    const token = first.headers.get('x-ms-continuation-token') ?? ''
    expect(await first.json()).toHaveLength(2)
    const second = await host.api('instances?top=2', { headers: { 'x-ms-continuation-token': token } })
    expect([await second.json(), second.headers.get('x-ms-continuation-token')]).toMatchObject([
      [{ instanceId: 'b-1' }],
      null
    ])
  })
})

// ext ContextImplementations/DurableOrchestrationContext.cs 221-230: at most 16 KB of UTF-16.
test('a custom status over 16 KB fails the orchestration', async () => {
  await withHost(register, async (host) => {
    expect((await host.run('loud', 8000)).runtimeStatus).toBe('Completed')
    expect(await host.run('loud', 9000)).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining('within 16 KB')
    })
  })
})

test('the client waits for the end and answers with the output', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('story', { input: 'x' })
    await host.client.raiseEvent(id, 'go', null)
    const request = undefined as never
    const response = await host.client.waitForCompletionOrCreateCheckStatusResponse(request, id, {
      timeoutInMilliseconds: 2000,
      retryIntervalInMilliseconds: 10
    })
    expect(response.status).toBe(200)
  })
})

// Seen.
test('an id that is not ASCII can be started, and then be asked about only by a list', async () => {
  await withHost(register, async (host) => {
    await host.client.startNew('story', { instanceId: 'größe', input: 1 })
    expect((await host.api(`instances/${encodeURIComponent('größe')}`)).status).toBe(500)
    const list = (await (await host.api('instances')).json()) as { instanceId: string }[]
    expect(list.map(({ instanceId }) => instanceId)).toContain('größe')
  })
})
