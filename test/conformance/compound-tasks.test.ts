import { expect, test } from 'vitest'
import { df, until, withHost } from './harness.ts'

function register(): void {
  df.app.activity('echo', { handler: (input: unknown) => input })
  df.app.activity('fails', {
    handler(input: string) {
      throw new Error(input)
    }
  })
}

test("all within any within all resolves to the tasks' results", async () => {
  await withHost(
    () => {
      register()
      df.app.orchestration('nested', function* (context) {
        const pair = context.df.Task.all([context.df.callActivity('echo', 'a'), context.df.callActivity('echo', 'b')])
        const winner: unknown = yield context.df.Task.any([pair, context.df.waitForExternalEvent('never')])
        return [pair.result, winner === pair, yield context.df.callActivity('echo', 'after')]
      })
    },
    async (host) => {
      expect((await host.run('nested')).output).toEqual([['a', 'b'], true, 'after'])
    }
  )
})

// Task.WhenAll waits for every task (ext Listener/OutOfProcOrchestrationShim.cs 180-181, 199-219), though durable-functions
// throws at the first failure.
test('what follows a failed all is scheduled once every task of it has ended', async () => {
  await withHost(
    () => {
      register()
      df.app.orchestration('story', function* (context) {
        try {
          yield context.df.Task.all([context.df.callActivity('fails', 'x'), context.df.callSubOrchestrator('slow')])
        } catch {
          return yield context.df.callActivity('echo', 'cleaned up')
        }
        return 'did not throw'
      })
      df.app.orchestration('slow', function* (context) {
        yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 60_000))
      })
    },
    async (host) => {
      const { output, instanceId } = await host.run('story')
      expect(output).toBe('cleaned up')
      expect(await host.history(instanceId)).toEqual([
        'ExecutionStarted story',
        'TaskFailed fails',
        'SubOrchestrationInstanceCompleted slow',
        'TaskCompleted echo',
        'ExecutionCompleted'
      ])
    }
  )
})

// js#574, ext Listener/OutOfProcOrchestrationShim.cs 201-204: every
// yield sends its action, so a task raced twice is scheduled twice.
test('a task raced twice is scheduled twice', async () => {
  let calls = 0
  await withHost(
    () => {
      df.app.activity('count', { handler: () => (calls += 1) })
      df.app.orchestration('twice', function* (context) {
        const task = context.df.callActivity('count')
        yield context.df.Task.any([task, context.df.waitForExternalEvent('a')])
        yield context.df.Task.any([task, context.df.waitForExternalEvent('b')])
      })
    },
    async (host) => {
      await host.client.startNew('twice')
      await until(() => calls === 2)
    }
  )
})

test('an orchestrator that yields no task fails and says so', async () => {
  await withHost(
    () => {
      df.app.orchestration('wrong', function* () {
        yield 'text' as never
      })
    },
    async (host) => {
      expect(await host.run('wrong')).toMatchObject({
        runtimeStatus: 'Failed',
        output: expect.stringContaining('Only Task types can be yielded')
      })
    }
  )
})
