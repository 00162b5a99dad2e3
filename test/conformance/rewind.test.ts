import { expect, test } from 'vitest'
import { df, withHost } from './harness.ts'

// core TaskOrchestrationDispatcher.cs 1377-1497 (ProcessRewindOrchestrationDecision): failures, and the rows
// that scheduled what failed, leave history; timers stay. What fails again, and 412: seen.

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

test('an instance in which a step was ever retried fails as non-deterministic when it is rewound', async () => {
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
      all.broken = false
      await host.client.rewind(id, 'mended')
      expect((await host.ended(id)).output).toContain('Non-Deterministic workflow detected')
    }
  )
})

test('a child that was retried goes on when it is rewound, and its parent fails as non-deterministic', async () => {
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
      expect((await host.ended(id)).output).toContain('Non-Deterministic workflow detected')
      expect((await host.ended('kid')).output).toEqual(['child', 'tried'])
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
      expect((await host.api(`instances/${instanceId}/rewind?reason=x`, { method: 'POST' })).status).toBe(412)
      expect((await host.api('instances/none/rewind?reason=x', { method: 'POST' })).status).toBe(404)
    }
  )
})
