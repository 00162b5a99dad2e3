import { expect, test } from 'vitest'
import { df, open, until, withHost, withStateFile } from './harness.ts'

// Rows against what is scheduled now: core TaskOrchestrationContext.cs 327-425. An exception: ext
// Listener/OutOfProcOrchestrationShim.cs 85-91. The same GUIDs: js util/GuidManager.ts.

test('code that changed under an instance fails it for ever: what its last turn called is called, and stays in history', async () => {
  const called: string[] = []
  const story = (name: string) => () => {
    df.app.activity('old', { handler: () => 'old' })
    df.app.activity('new', { handler: () => called.push('new') })
    df.app.orchestration('story', function* (context) {
      const first: unknown = yield context.df.callActivity(name)
      return [first, yield context.df.waitForExternalEvent('go')]
    })
  }
  await withStateFile(async (stateFile) => {
    const before = await open(story('old'), { stateFile })
    await before.client.startNew('story', { instanceId: 'one' })
    await expect.poll(() => before.history('one')).toContain('TaskCompleted old')
    await before.stop()

    const changed = await open(story('new'), { stateFile })
    await changed.client.raiseEvent('one', 'go', 1)
    const { runtimeStatus, output } = await changed.ended('one')
    expect(runtimeStatus).toBe('Failed')
    expect(output).toMatch(
      /^Non-Deterministic workflow detected: .* sequence ID 0 named 'old', .* task named 'new' with/
    )
    await until(() => called.length > 0)
    expect(changed.orchestrations.history('one').match(/TaskScheduled +0 .*/g)).toHaveLength(2)
    const shown = await changed.api('instances/one?showHistory=true')
    expect([shown.status, await shown.text()]).toEqual([
      400,
      expect.stringContaining('same key has already been added')
    ])
    expect((await changed.api('instances/one')).status).toBe(200)
    await changed.stop()

    const back = await open(story('old'), { stateFile })
    await back.client.rewind('one', 'the old code is back')
    expect(await back.ended('one')).toMatchObject({ output: expect.stringContaining('Non-Deterministic') })
    await back.stop()
  })
})

test('an orchestrator that now schedules less than its history holds fails', async () => {
  const story = (steps: number) => () => {
    df.app.activity('step', { handler: (step: number) => step })
    df.app.orchestration('story', function* (context) {
      for (let step = 0; step < steps; step += 1) yield context.df.callActivity('step', step)
      yield context.df.waitForExternalEvent('go')
    })
  }
  await withStateFile(async (stateFile) => {
    const before = await open(story(2), { stateFile })
    await before.client.startNew('story', { instanceId: 'one' })
    await expect.poll(async () => (await before.history('one')).length).toBe(3)
    await before.stop()
    const after = await open(story(1), { stateFile })
    await after.client.raiseEvent('one', 'go', 1)
    expect(await after.ended('one')).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringMatching(/sequence ID 1 named 'step', but .* hasn't \(yet\?\) scheduled/)
    })
    await after.stop()
  })
})

test('GUIDs are the same in every replay and time never goes back', async () => {
  const seen: { guid: string; time: number }[] = []
  await withHost(
    () => {
      df.app.activity('echo', { handler: (input: unknown) => input })
      df.app.orchestration('story', function* (context) {
        const guid = context.df.newGuid(context.df.instanceId)
        for (let turn = 0; turn < 3; turn += 1) {
          seen.push({ guid, time: context.df.currentUtcDateTime.getTime() })
          yield context.df.callActivity('echo', turn)
        }
        return guid
      })
    },
    async (host) => {
      const { output } = await host.run('story')
      expect(new Set(seen.map(({ guid }) => guid))).toEqual(new Set([output]))
      const last = seen.slice(-3).map(({ time }) => time)
      expect(last).toEqual(last.toSorted((a, b) => a - b))
    }
  )
})

test('a line an orchestrator logs is written once, not again by each replay', async () => {
  await withHost(
    () => {
      df.app.activity('echo', { handler: (input: unknown) => input })
      df.app.orchestration('story', function* (context) {
        context.log('began')
        for (let turn = 0; turn < 3; turn += 1) yield context.df.callActivity('echo', turn)
        context.log('ended')
      })
    },
    async (host) => {
      await host.run('story')
      expect(host.lines.filter((line) => line === 'began' || line === 'ended')).toEqual(['began', 'ended'])
    }
  )
})

test("an orchestrator's exception fails it with its message", async () => {
  await withHost(
    () => {
      df.app.orchestration('throws', function* () {
        throw new Error('out of order')
      })
      df.app.orchestration('silent', function* () {
        throw new Error('')
      })
    },
    async (host) => {
      expect(await host.run('throws')).toMatchObject({
        runtimeStatus: 'Failed',
        output: "Orchestrator function 'throws' failed: out of order"
      })
      expect((await host.run('silent')).runtimeStatus).toBe('Failed')
    }
  )
})
