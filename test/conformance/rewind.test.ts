import { expect, test } from 'vitest'
import { df, withHost } from './harness.ts'

// core TaskOrchestrationDispatcher.cs 1377-1497 (ProcessRewindOrchestrationDecision): failures, and the rows
// that scheduled what failed, leave history. Answers: ext HttpApiHandler.cs 949-976.

/** Activities that fail while `broken`, and what has been called. */
function world(): { broken: boolean; ran: string[]; register: () => void } {
  const state = {
    broken: true,
    ran: [] as string[],
    register() {
      df.app.activity('good', {
        handler(name: string) {
          state.ran.push(name)
          return name
        }
      })
      df.app.activity('bad', {
        handler(name: string) {
          state.ran.push(name)
          if (state.broken) throw new Error(`${name} is broken`)
          return name
        }
      })
    }
  }
  return state
}

test('what failed in a fan-out is done again, and what succeeded is not', async () => {
  const all = world()
  await withHost(
    () => {
      all.register()
      df.app.orchestration('story', function* (context) {
        return yield context.df.Task.all(
          ['good', 'bad', 'good', 'bad'].map((name, index) => context.df.callActivity(name, `${name} ${index}`))
        )
      })
    },
    async (host) => {
      const id = await host.client.startNew('story')
      expect((await host.ended(id)).runtimeStatus).toBe('Failed')
      all.broken = false
      all.ran.length = 0
      await host.client.rewind(id, 'mended')
      expect((await host.ended(id)).output).toEqual(['good 0', 'bad 1', 'good 2', 'bad 3'])
      expect(all.ran).toEqual(['bad 1', 'bad 3'])
    }
  )
})

test('the last attempt of a call with retries is made again', async () => {
  const all = world()
  await withHost(
    () => {
      all.register()
      df.app.orchestration('story', function* (context) {
        const first: unknown = yield context.df.callActivity('good', 'before')
        const options = new df.RetryOptions(60_000, 3)
        return [
          first,
          yield context.df.callActivityWithRetry('bad', options, 'tried'),
          yield context.df.callActivity('good', 'after')
        ]
      })
    },
    async (host) => {
      const id = await host.client.startNew('story')
      expect((await host.ended(id)).runtimeStatus).toBe('Failed')
      expect(all.ran).toEqual(['before', 'tried', 'tried', 'tried'])
      await host.client.rewind(id, 'still broken')
      expect((await host.ended(id)).runtimeStatus).toBe('Failed')
      all.broken = false
      await host.client.rewind(id, 'mended')
      expect((await host.ended(id)).output).toEqual(['before', 'tried', 'after'])
      expect(all.ran).toEqual(['before', 'tried', 'tried', 'tried', 'tried', 'tried', 'after'])
    }
  )
})

test('a child with retries goes on from its own failure', async () => {
  const all = world()
  await withHost(
    () => {
      all.register()
      df.app.orchestration('child', function* (context) {
        return [yield context.df.callActivity('good', 'child'), yield context.df.callActivity('bad', 'tried')]
      })
      df.app.orchestration('story', function* (context) {
        return yield context.df.callSubOrchestratorWithRetry('child', new df.RetryOptions(1000, 2), undefined, 'kid')
      })
    },
    async (host) => {
      const id = await host.client.startNew('story')
      expect((await host.ended(id)).runtimeStatus).toBe('Failed')
      all.broken = false
      all.ran.length = 0
      await host.client.rewind(id, 'mended')
      expect((await host.ended(id)).output).toEqual(['child', 'tried'])
      expect(all.ran).toEqual(['tried'])
    }
  )
})

test('only a failed instance can be rewound', async () => {
  const all = world()
  await withHost(
    () => {
      all.register()
      df.app.orchestration('quick', function* (context) {
        return yield context.df.callActivity('good', 'x')
      })
    },
    async (host) => {
      const { instanceId } = await host.run('quick')
      expect((await host.api(`instances/${instanceId}/rewind?reason=x`, { method: 'POST' })).status).toBe(410)
      expect((await host.api('instances/none/rewind?reason=x', { method: 'POST' })).status).toBe(404)
    }
  )
})
