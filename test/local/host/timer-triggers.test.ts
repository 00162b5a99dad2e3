import type { Timer } from '@azure/functions'
import { expect, test } from 'vitest'
import { app, df, open, until, withHost, withStateFile } from '../../conformance/harness.ts'

const DAY_MS = 24 * 60 * 60 * 1000

test('a schedule that time passes many times over fires once, past due, and then as usual', async () => {
  const fired: { pastDue: boolean; at: number }[] = []
  const statuses: unknown[] = []
  await withHost(
    () => {
      app.timer('hourly', {
        schedule: '0 0 * * * *',
        handler: (timer, context) => {
          fired.push({ pastDue: timer.isPastDue, at: Date.parse(timer.scheduleStatus.next) })
          statuses.push(timer.scheduleStatus)
          context.log('fired')
        }
      })
      df.app.orchestration('sleep', function* (context) {
        yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + DAY_MS))
      })
    },
    async (host) => {
      await host.run('sleep')
      await until(() => fired.length > 0)
      await host.run('sleep')
      await until(() => fired.length > 1)
      expect(fired.map(({ pastDue }) => pastDue)).toEqual([true, true])
      const text: unknown = expect.any(String)
      expect(statuses[1]).toEqual({ last: text, next: text, lastUpdated: text })
      expect((fired[1]?.at ?? 0) - (fired[0]?.at ?? 0)).toBeGreaterThanOrEqual(DAY_MS - 3_600_000)
    }
  )
})

test('a recurring trigger alone never makes a skipping clock jump', async () => {
  let fired = 0
  await withHost(
    () =>
      app.timer('monthly', {
        schedule: '0 0 0 1 * *',
        handler: () => {
          fired += 1
        }
      }),
    async (host) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 200)
      })
      expect(host.clock.now() - Date.now()).toBeLessThan(1000)
      expect(fired).toBe(0)
    }
  )
})

test('a trigger fires in real time, and its schedule may come from a setting', async () => {
  const timers: Timer[] = []
  await withHost(
    () =>
      app.timer('often', {
        schedule: '%EVERY%',
        handler: (timer) => {
          timers.push(timer)
        }
      }),
    async () => {
      await until(() => timers.length > 1)
      // Seen: a timer under a minute has no status.
      expect(timers[1]).toMatchObject({ isPastDue: false, schedule: { adjustForDST: true }, scheduleStatus: null })
    },
    { clock: 'real', settings: { EVERY: '* * * * * *' } }
  )
})

test('runOnStartup fires at the start, and an occurrence missed while no host ran is made up for', async () => {
  const fired: string[] = []
  const register = (): void => {
    app.timer('eager', {
      schedule: '0 0 0 1 1 *',
      runOnStartup: true,
      handler: () => {
        fired.push('eager')
      }
    })
    app.timer('hourly', {
      schedule: '0 0 * * * *',
      handler: (timer) => {
        fired.push(`hourly ${timer.isPastDue}`)
      }
    })
  }
  await withStateFile(async (stateFile) => {
    const began = Date.now()
    const at = (instant: number) => ({
      now: () => instant,
      idle: () =>
        new Promise<void>((resolve) => {
          setTimeout(resolve, 5)
        }),
      refresh: () => Promise.resolve()
    })
    for (const instant of [began, began + 2 * 3_600_000, began + 2 * DAY_MS]) {
      const host = await open(register, { stateFile, clock: at(instant) })
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
      await host.stop()
    }
    expect(fired).toEqual(['eager', 'eager', 'hourly true', 'eager', 'hourly true'])
  })
})

test('a schedule nobody can read stops the start and names the function', async () => {
  await expect(
    withHost(
      () => app.timer('broken', { schedule: 'now', handler: () => undefined }),
      () => Promise.resolve()
    )
  ).rejects.toThrow('Timer function "broken"')
})
