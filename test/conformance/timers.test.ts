import { expect, test } from 'vitest'
import { df, open, withHost, withStateFile } from './harness.ts'

const DAY_MS = 24 * 60 * 60 * 1000

function inDays(context: { df: { currentUtcDateTime: Date } }, days: number): Date {
  return new Date(context.df.currentUtcDateTime.getTime() + days * DAY_MS)
}

function register(): void {
  df.app.orchestration('sleep', function* (context) {
    const before = context.df.currentUtcDateTime.getTime()
    yield context.df.createTimer(inDays(context, Number(context.df.getInput())))
    return (context.df.currentUtcDateTime.getTime() - before) / DAY_MS
  })
  df.app.orchestration('idle', function* (context) {
    context.df.setCustomStatus({ idle: true })
    const timer = context.df.createTimer(inDays(context, 3))
    const winner: unknown = yield context.df.Task.any([context.df.waitForExternalEvent('go'), timer])
    return winner === timer ? 'timer' : 'event'
  })
  df.app.orchestration('race', function* (context) {
    const timer = context.df.createTimer(inDays(context, 30))
    const winner: unknown = yield context.df.Task.any([context.df.waitForExternalEvent('go'), timer])
    if (context.df.getInput() === 'cancel') timer.cancel()
    return winner === timer ? 'timer' : 'event'
  })
}

test('a timer takes its time, which a skipping clock passes at once', async () => {
  await withHost(register, async (host) => {
    const began = Date.now()
    expect((await host.run('sleep', 5)).output).toBeCloseTo(5, 3)
    expect(Date.now() - began).toBeLessThan(2000)
    expect(host.clock.now() - Date.now()).toBeGreaterThanOrEqual(4.9 * DAY_MS)
  })
})

test('a timer of who says that it is idle never makes a clock skip, and comes when it is passed over', async () => {
  await withHost(register, async (host) => {
    const idle = await host.client.startNew('idle')
    await host.run('sleep', 1)
    expect(await host.client.getStatus(idle)).toMatchObject({ runtimeStatus: 'Running' })
    await host.run('sleep', 5)
    expect((await host.ended(idle)).output).toBe('timer')
    expect(host.clock.now() - Date.now()).toBeLessThan(7 * DAY_MS)
  })
})

// The extension splits a wait past six days into three-day timers (ext
// ContextImplementations/DurableOrchestrationContext.cs 345-396); so does durable-functions (js
// task/LongTimerTask.ts), and both have to agree about the sequence numbers.
test('a timer of any length ends when it should', async () => {
  await withHost(register, async (host) => {
    for (const days of [6.5, 8, 10, 40]) {
      const { output, instanceId } = await host.run('sleep', days)
      expect(output).toBeCloseTo(days, 3)
      const timers = (await host.history(instanceId)).filter((event) => event === 'TimerFired')
      expect(timers).toHaveLength(Math.ceil(days / 3))
    }
  })
})

test('an orchestration that cancels the losing timer ends at once', async () => {
  await withHost(
    register,
    async (host) => {
      const id = await host.client.startNew('race', { input: 'cancel' })
      await host.client.raiseEvent(id, 'go', null)
      const before = host.clock.now()
      expect((await host.ended(id)).output).toBe('event')
      expect(host.clock.now() - before).toBeLessThan(DAY_MS)
    },
    { clock: 'real' }
  )
})

// core TaskOrchestrationExecutor.cs 176-179: an orchestration with open tasks does not complete (ext#906, js#348).
test('an orchestration with a timer nobody cancelled runs until the timer has fired', async () => {
  await withHost(register, async (host) => {
    const id = await host.client.startNew('race')
    await host.client.raiseEvent(id, 'go', null)
    expect((await host.ended(id)).output).toBe('event')
    expect(host.clock.now() - Date.now()).toBeGreaterThan(29 * DAY_MS)
  })
})

test('a timer due while no host runs fires when one does', async () => {
  await withStateFile(async (stateFile) => {
    const first = await open(register, { stateFile, clock: 'real' })
    const id = await first.client.startNew('sleep', { input: 300 / DAY_MS })
    await expect.poll(() => first.history(id)).toContain('TimerCreated')
    await first.stop()
    const second = await open(register, { stateFile, clock: 'real' })
    expect((await second.ended(id)).runtimeStatus).toBe('Completed')
    await second.stop()
  })
})

test('time a skipping clock has passed stays passed after a restart on the real clock', async () => {
  await withStateFile(async (stateFile) => {
    const first = await open(register, { stateFile })
    await first.run('sleep', 5)
    const then = first.clock.now()
    await first.stop()
    const second = await open(register, { stateFile, clock: 'real' })
    expect(second.clock.now()).toBeGreaterThanOrEqual(then)
    await second.stop()
  })
})
