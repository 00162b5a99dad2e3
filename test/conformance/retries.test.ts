import { expect, test } from 'vitest'
import { delayAfter } from '../../local/host/durable/retry.ts'
import { df, until, withHost } from './harness.ts'

// The order of attempts and timers: core RetryInterceptor.cs 50-101; options: ext RetryOptionsConverter.cs 26-63.

const DAY_MS = 24 * 60 * 60 * 1000

function options(
  interval: number,
  attempts: number,
  more: Record<string, number> = {}
): InstanceType<typeof df.RetryOptions> {
  return Object.assign(new df.RetryOptions(interval, attempts), more)
}

test('an activity is tried again after each failure and its result is that of the attempt that succeeds', async () => {
  let attempts = 0
  await withHost(
    () => {
      df.app.activity('third', {
        handler() {
          if ((attempts += 1) < 3) throw new Error(`attempt ${attempts}`)
          return attempts
        }
      })
      df.app.orchestration('story', function* (context) {
        return yield context.df.callActivityWithRetry('third', options(60_000, 5))
      })
    },
    async (host) => {
      const { output, instanceId } = await host.run('story')
      expect(output).toBe(3)
      expect(await host.history(instanceId)).toEqual([
        'ExecutionStarted story',
        'TaskFailed third',
        'TimerCreated',
        'TimerFired',
        'TaskFailed third',
        'TimerCreated',
        'TimerFired',
        'TaskCompleted third',
        'ExecutionCompleted'
      ])
    }
  )
})

test('the last failure is what the orchestrator sees when no attempt is left', async () => {
  let attempts = 0
  await withHost(
    () => {
      df.app.activity('never', {
        handler() {
          throw new Error(`attempt ${(attempts += 1)}`)
        }
      })
      df.app.orchestration('story', function* (context) {
        yield context.df.callActivityWithRetry('never', options(1000, 3))
      })
    },
    async (host) => {
      const { runtimeStatus, output } = await host.run('story')
      expect(runtimeStatus).toBe('Failed')
      expect(output).toContain("Activity function 'never' failed: attempt 3")
      expect(attempts).toBe(3)
    }
  )
})

test('waits grow by the backoff coefficient up to the longest interval', () => {
  const growing = { firstRetryIntervalInMilliseconds: 1000, maxNumberOfAttempts: 9, backoffCoefficient: 2 }
  expect([1, 2, 3, 4].map((number) => delayAfter(number, growing))).toEqual([1000, 2000, 4000, 8000])
  expect(delayAfter(4, { ...growing, maxRetryIntervalInMilliseconds: 5000 })).toBe(5000)
  expect(delayAfter(60, growing)).toBe(6 * DAY_MS)
})

test('retries that run beside each other keep their results apart', async () => {
  const tries = new Map<string, number>()
  await withHost(
    () => {
      df.app.activity('flaky', {
        handler(name: string) {
          const number = (tries.get(name) ?? 0) + 1
          tries.set(name, number)
          if (number < name.length) throw new Error(`${name} ${number}`)
          return `${name} after ${number}`
        }
      })
      df.app.orchestration('story', function* (context) {
        return yield context.df.Task.all(
          ['a', 'bb', 'ccc'].map((name) => context.df.callActivityWithRetry('flaky', options(1000, 5), name))
        )
      })
    },
    async (host) => {
      expect((await host.run('story')).output).toEqual(['a after 1', 'bb after 2', 'ccc after 3'])
    }
  )
})

test('a sub-orchestration is tried again as an activity is', async () => {
  let attempts = 0
  await withHost(
    () => {
      df.app.activity('count', { handler: () => (attempts += 1) })
      df.app.orchestration('child', function* (context) {
        const attempt = Number(yield context.df.callActivity('count'))
        if (attempt < 2) throw new Error(`child ${attempt}`)
        return attempt
      })
      df.app.orchestration('story', function* (context) {
        return yield context.df.callSubOrchestratorWithRetry('child', options(1000, 3), undefined, 'kid')
      })
    },
    async (host) => {
      expect((await host.run('story')).output).toBe(2)
    }
  )
})

// core RetryInterceptor.cs 84-88 and 103-127: past the timeout there is no further attempt, and no timer either, for which
// durable-functions (its RetryableTask.ts) then waits for ever.
test('no attempt begins once the retry timeout has passed', async () => {
  let attempts = 0
  await withHost(
    () => {
      df.app.activity('fails', {
        handler() {
          throw new Error(`attempt ${(attempts += 1)}`)
        }
      })
      df.app.orchestration('story', function* (context) {
        yield context.df.callActivityWithRetry('fails', options(60_000, 10, { retryTimeoutInMilliseconds: 150_000 }))
      })
    },
    async (host) => {
      const id = await host.client.startNew('story')
      await until(() => attempts === 4)
      await until(async () => (await host.history(id)).filter((event) => event === 'TaskFailed fails').length === 4)
      expect((await host.history(id)).at(-1)).toBe('TaskFailed fails')
      expect((await host.client.getStatus(id)).runtimeStatus).toBe('Running')
    }
  )
})
