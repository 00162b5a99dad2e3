import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readHostJson } from '../../../local/host/host-json.ts'
import { app, df, withHost } from '../../conformance/harness.ts'

// https://learn.microsoft.com/azure/azure-functions/functions-host-json#functiontimeout

test('a call that runs longer than functionTimeout has failed, and the host goes on', async () => {
  await withHost(
    () => {
      app.http('slow', { handler: async () => ({ body: await sleep(2500, 'late') }) })
      app.http('quick', { handler: () => ({ body: 'quick' }) })
      df.app.activity('slow-step', { handler: () => sleep(2500, 'late') })
      df.app.orchestration('story', function* (context) {
        return yield context.df.callActivity('slow-step')
      })
    },
    async (host) => {
      expect((await fetch(`${host.url}/api/slow`)).status).toBe(500)
      expect(await (await fetch(`${host.url}/api/quick`)).text()).toBe('quick')
      expect(await host.run('story')).toMatchObject({
        runtimeStatus: 'Failed',
        output: expect.stringContaining('"slow-step" has run longer than functionTimeout allows, 1000 ms')
      })
    },
    { hostJson: { functionTimeout: '00:00:01' } }
  )
})

test('the worker ends with a call that runs too long, and what else it ran fails with it', async () => {
  await withHost(
    () => {
      df.app.activity('endless', { handler: () => new Promise(() => undefined) })
      df.app.activity('long', { handler: () => sleep(1500, 'long') })
      df.app.orchestration('calls', function* (context) {
        if (context.df.getInput() === 'long') yield context.df.createTimer(context.df.currentUtcDateTime)
        return yield context.df.callActivity(String(context.df.getInput()))
      })
    },
    async (host) => {
      const endless = await host.client.startNew('calls', { input: 'endless' })
      await sleep(500)
      const long = await host.client.startNew('calls', { input: 'long' })
      expect((await host.ended(endless)).output).toContain('"endless" has run longer than functionTimeout allows')
      expect((await host.ended(long)).output).toContain('node exited with code 137')
    },
    { hostJson: { functionTimeout: '00:00:01' } }
  )
})

test('functionTimeout is half an hour unless host.json says otherwise, and -1 is for ever', () => {
  const limit = (hostJson: unknown): number | undefined => readHostJson(hostJson, () => undefined).functionTimeoutMs
  expect([limit(undefined), limit({ functionTimeout: '00:05:00' }), limit({ functionTimeout: '-1' })]).toEqual([
    1_800_000,
    300_000,
    undefined
  ])
})
