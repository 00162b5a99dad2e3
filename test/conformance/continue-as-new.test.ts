import { expect, test } from 'vitest'
import { df, until, withHost } from './harness.ts'

// The extension calls DurableTask's ContinueAsNew without keeping unprocessed events (ext
// Listener/OutOfProcOrchestrationShim.cs 170-173); what arrives after it is carried over
// (core TaskOrchestrationContext.cs 464-474).

test('an orchestration continues as new with its new input, its id and an empty history', async () => {
  await withHost(
    () => {
      df.app.activity('echo', { handler: (input: unknown) => input })
      df.app.orchestration('count', function* (context) {
        const round = Number(context.df.getInput())
        yield context.df.callActivity('echo', round)
        if (round < 3) context.df.continueAsNew(round + 1)
        return round
      })
    },
    async (host) => {
      const id = await host.client.startNew('count', { instanceId: 'eternal', input: 1 })
      expect((await host.ended(id)).output).toBe(3)
      expect(await host.history(id)).toEqual(['ExecutionStarted count', 'TaskCompleted echo', 'ExecutionCompleted'])
    }
  )
})

test('an event delivered before and awaited by nobody is dropped, a later one reaches the new execution', async () => {
  await withHost(
    () => {
      df.app.orchestration('rounds', function* (context) {
        const round = Number(context.df.getInput())
        const data: unknown = yield context.df.waitForExternalEvent('go')
        if (round === 1) context.df.continueAsNew(2)
        return [round, data]
      })
    },
    async (host) => {
      const id = await host.client.startNew('rounds', { input: 1 })
      await host.client.raiseEvent(id, 'other', 'dropped')
      await until(async () => (await host.history(id)).includes('EventRaised other'))
      await host.client.raiseEvent(id, 'go', 'a')
      await until(async () => !(await host.history(id)).includes('EventRaised other'))
      await host.client.raiseEvent(id, 'go', 'b')
      expect((await host.ended(id)).output).toEqual([2, 'b'])
      expect(await host.history(id)).not.toContain('EventRaised other')
    }
  )
})

test('a timer of the old execution does not hold up or wake the new one', async () => {
  await withHost(
    () => {
      df.app.orchestration('rounds', function* (context) {
        const round = Number(context.df.getInput())
        const timer = context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 86_400_000))
        yield context.df.Task.any([timer, context.df.waitForExternalEvent('go')])
        if (!timer.isCompleted) timer.cancel()
        if (round === 1) context.df.continueAsNew(2)
        return round
      })
    },
    async (host) => {
      const id = await host.client.startNew('rounds', { input: 1 })
      await host.client.raiseEvent(id, 'go', null)
      await until(async () => (await host.client.getStatus(id)).input === 2)
      await host.client.raiseEvent(id, 'go', null)
      expect((await host.ended(id)).output).toBe(2)
      expect(host.clock.now() - Date.now()).toBeLessThan(1000)
    },
    { clock: 'real' }
  )
})
