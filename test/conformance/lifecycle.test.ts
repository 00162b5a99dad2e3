import { expect, test } from 'vitest'
import { df, jsonOf, until, withHost } from './harness.ts'

// Answers: ext HttpApiHandler.cs (start 857-899, terminate 785-807, suspend 809-831, resume 833-855, restart 901-947, rewind
// 949-976, purge 554-596). An ended instance is replaced: ext Options/DurableTaskOptions.cs 188. Ids: ext
// ContextImplementations/DurableClient.cs 189-200. Suspension: core TaskOrchestrationContext.cs 613-657.

const post = { method: 'POST' }

function register(): void {
  df.app.activity('echo', { handler: (input: unknown) => input })
  df.app.orchestration('waits', function* (context) {
    const data: unknown = yield context.df.waitForExternalEvent('go')
    return [context.df.getInput(), data, yield context.df.callActivity('echo', 'after')]
  })
  df.app.orchestration('quick', function* (context) {
    return yield context.df.callActivity('echo', context.df.getInput())
  })
}

test('a start without an id chooses one and answers 202 with the management links', async () => {
  await withHost(register, async (host) => {
    const response = await host.api('orchestrators/quick', { ...post, body: '"x"' })
    expect(response.status).toBe(202)
    expect(response.headers.get('retry-after')).toBe('10')
    const links = await jsonOf<Record<'id' | 'statusQueryGetUri', string>>(response)
    expect(response.headers.get('location')).toBe(links.statusQueryGetUri)
    expect(Object.keys(links).toSorted()).toEqual([
      'id',
      'purgeHistoryDeleteUri',
      'restartPostUri',
      'resumePostUri',
      'sendEventPostUri',
      'statusQueryGetUri',
      'suspendPostUri',
      'terminatePostUri'
    ])
    expect(links.id).toMatch(/^[\da-f]{32}$/)
    await host.ended(links.id)
    expect(await jsonOf(fetch(links.statusQueryGetUri))).toMatchObject({ output: 'x' })
  })
})

test('a start with timeout and pollingInterval answers with the output', async () => {
  await withHost(register, async (host) => {
    const response = await host.api('orchestrators/quick?timeout=5&pollingInterval=0.01', { ...post, body: '{"a":1}' })
    expect([response.status, await response.json()]).toEqual([200, { a: 1 }])
  })
})

test('a start on the id of a live instance is refused and changes nothing', async () => {
  await withHost(register, async (host) => {
    await host.client.startNew('waits', { instanceId: 'one', input: 1 })
    expect((await host.api('orchestrators/waits/one', { ...post, body: '2' })).status).toBe(409)
    await expect(host.client.startNew('waits', { instanceId: 'one', input: 2 })).rejects.toThrow()
    await host.client.raiseEvent('one', 'go', null)
    expect((await host.ended('one')).output).toEqual([1, null, 'after'])
  })
})

test('a start on the id of an ended instance replaces it', async () => {
  await withHost(register, async (host) => {
    for (const input of [1, 2]) {
      await host.client.startNew('quick', { instanceId: 'one', input })
      expect(await host.ended('one')).toMatchObject({ input, output: input })
    }
    expect(await host.history('one')).toHaveLength(3)
  })
})

// Seen.
test('a start of an unknown function is taken and fails, one of no JSON breaks, and hardly an id is refused', async () => {
  await withHost(register, async (host) => {
    expect((await host.api('orchestrators/nobody/one', post)).status).toBe(202)
    expect(await host.ended('one')).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining('no orchestrator function "nobody"')
    })
    expect((await host.api('orchestrators/quick', { ...post, body: '{' })).status).toBe(500)
    expect((await host.api('orchestrators/quick/@one', post)).status).toBe(202)
    expect((await host.api(`orchestrators/quick/${encodeURIComponent('a#b')}`, post)).status).toBe(202)
    expect((await host.api(`orchestrators/quick/${encodeURIComponent('a?b')}`, post)).status).toBe(400)
  })
})

// Seen.
test('an event without data is answered 400, and so is one that is no JSON', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('waits')
    const headers = { 'content-type': 'application/json' }
    for (const body of ['', '{'])
      expect((await host.api(`instances/${id}/raiseEvent/go`, { ...post, headers, body })).status).toBe(400)
  })
})

test('a terminated instance has the reason as its output', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('waits')
    await host.client.terminate(id, 'not needed')
    expect(await host.ended(id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'not needed' })
    expect((await host.api(`instances/${id}/terminate`, post)).status).toBe(410)
    expect((await host.api('instances/none/terminate', post)).status).toBe(404)
  })
})

test('a suspended instance takes in events and acts on them when it is resumed', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('waits', { input: 'x' })
    await host.client.suspend(id, 'pause')
    await until(async () => String((await host.client.getStatus(id)).runtimeStatus) === 'Suspended')
    expect((await host.client.getStatus(id)).output).toBe('pause')
    expect((await host.api(`instances/${id}/suspend?reason=again`, post)).status).toBe(500)
    await host.client.raiseEvent(id, 'go', 'data')
    await until(async () => (await host.history(id)).includes('EventRaised go'))
    expect(await host.history(id)).not.toContain('TaskScheduled echo')
    await host.client.resume(id, 'on')
    expect((await host.ended(id)).output).toEqual(['x', 'data', 'after'])
  })
})

test('restart runs the same orchestrator on the same input, with a new id or with the old one', async () => {
  await withHost(register, async (host) => {
    await host.client.startNew('quick', { instanceId: 'one', input: 'x' })
    await host.ended('one')
    const again = await jsonOf<{ id: string }>(host.api('instances/one/restart', post))
    expect(again.id).not.toBe('one')
    expect((await host.ended(again.id)).output).toBe('x')
    expect(await jsonOf(host.api('instances/one/restart?restartWithNewInstanceId=false', post))).toMatchObject({
      id: 'one'
    })
    expect((await host.api('instances/none/restart', post)).status).toBe(400)
  })
})

test('rewind repeats what failed and nothing else', async () => {
  const ran: string[] = []
  let broken = true
  await withHost(
    () => {
      df.app.activity('good', {
        handler() {
          ran.push('good')
          return 1
        }
      })
      df.app.activity('bad', {
        handler() {
          ran.push('bad')
          if (broken) throw new Error('broken')
          return 2
        }
      })
      df.app.orchestration('child', function* (context) {
        return yield context.df.callActivity('bad')
      })
      df.app.orchestration('story', function* (context) {
        return [yield context.df.callActivity('good'), yield context.df.callSubOrchestrator('child', undefined, 'kid')]
      })
    },
    async (host) => {
      const id = await host.client.startNew('story')
      expect((await host.ended(id)).runtimeStatus).toBe('Failed')
      broken = false
      await host.client.rewind(id, 'mended')
      expect(await host.ended(id)).toMatchObject({ runtimeStatus: 'Completed', output: [1, 2] })
      expect(ran).toEqual(['good', 'bad', 'bad'])
      await expect(host.client.rewind('none', 'why')).rejects.toThrow()
    }
  )
})

test('purge deletes ended instances, one or many, and leaves live ones', async () => {
  await withHost(register, async (host) => {
    const live = await host.client.startNew('waits')
    for (const instanceId of ['a', 'b', 'c']) {
      await host.client.startNew('quick', { instanceId })
      await host.ended(instanceId)
    }
    expect(await host.client.purgeInstanceHistory('a')).toEqual({ instancesDeleted: 1 })
    expect(await host.client.purgeInstanceHistory('a')).toEqual({ instancesDeleted: 0 })
    expect((await host.api(`instances/${live}`, { method: 'DELETE' })).status).toBe(412)
    await expect(host.client.purgeInstanceHistory(live)).rejects.toThrow('412')
    const many = await host.client.purgeInstanceHistoryBy({
      createdTimeFrom: new Date(0),
      createdTimeTo: new Date(Date.now() + 60_000),
      runtimeStatus: [df.OrchestrationRuntimeStatus.Completed]
    })
    expect(many).toEqual({ instancesDeleted: 2 })
    expect((await host.client.getStatusAll()).map((status) => status.instanceId)).toEqual([live])
    expect((await host.api('instances/', { method: 'DELETE' })).status).toBe(400)
  })
})
