import { expect, test } from 'vitest'
import type { HostMoment } from '../../local/host/moments.ts'
import { df, type TestHost, until, withHost } from './harness.ts'

// Seen, all of it: a worker was killed while turns and activities were under way. Why nothing spares JavaScript's:
// OutOfProcMiddleware.cs of the extension 3.x.

type At = (moment: HostMoment) => boolean

/** Runs `use` on a host whose worker dies, once, when it comes to the point that `dieAt` names. */
async function withDyingWorker(register: () => void, dieAt: At, use: (host: TestHost) => Promise<void>): Promise<void> {
  let die: (() => void) | undefined
  await withHost(
    register,
    async (host) => {
      die = () => void host.loseWorker()
      await use(host)
    },
    {
      watch(moment) {
        if (die === undefined || !dieAt(moment)) return undefined
        die()
        die = undefined
        return undefined
      }
    }
  )
}

/** The n-th time that this function begins. */
function beginning(name: string, nth = 1): At {
  let times = 0
  return (moment) => moment.kind === 'begins' && moment.name === name && (times += 1) === nth
}

function register(): void {
  df.app.activity('step', { handler: (input: unknown) => input })
  df.app.orchestration('story', function* (context) {
    const first: unknown = yield context.df.callActivity('step', 'first')
    return [first, yield context.df.waitForExternalEvent('go')]
  })
  df.app.orchestration('retries', function* (context) {
    return yield context.df.callActivityWithRetry('step', new df.RetryOptions(1000, 3), 'tried')
  })
  df.app.orchestration('calls', function* (context) {
    return yield context.df.callActivity('step', 'once')
  })
  df.app.orchestration('child', function* (context) {
    return yield context.df.callActivity('step', 'of a child')
  })
  df.app.orchestration('parent', function* (context) {
    return yield context.df.callSubOrchestratorWithRetry('child', new df.RetryOptions(1000, 3), undefined, 'kid')
  })
}

test('an orchestration whose worker dies in its turn has failed for ever: nothing it is told brings it back', async () => {
  await withDyingWorker(register, beginning('story', 2), async (host) => {
    const id = await host.client.startNew('story')
    const { runtimeStatus, output } = await host.ended(id)
    expect(runtimeStatus).toBe('Failed')
    expect(output).toContain(
      "Non-Deterministic workflow detected: A previous execution of this orchestration scheduled an activity task with sequence ID 0 named 'step', but the current replay execution hasn't (yet?) scheduled this task."
    )
    await host.client.raiseEvent(id, 'go', 1) // answered 410, of which the client says nothing
    expect((await host.api(`instances/${id}?showHistory=true`)).status).toBe(400)
    expect((await host.api(`instances/${id}`)).status).toBe(200)
    await host.client.rewind(id, 'hoping')
    expect((await host.ended(id)).output).toContain('Non-Deterministic workflow detected')
  })
})

test('an orchestration whose worker dies in its first turn has failed with the exit code', async () => {
  await withDyingWorker(register, beginning('story'), async (host) => {
    expect(await host.run('story')).toMatchObject({
      runtimeStatus: 'Failed',
      output: "Orchestrator function 'story' failed: node exited with code 137 (0x89)."
    })
  })
})

test('an activity whose worker dies has failed with the exit code, and a retry cures it', async () => {
  await withDyingWorker(register, beginning('step'), async (host) => {
    expect(await host.run('retries')).toMatchObject({ runtimeStatus: 'Completed', output: 'tried' })
  })
  await withDyingWorker(register, beginning('step'), async (host) => {
    expect((await host.run('calls')).output).toContain('node exited with code 137')
  })
})

test('a child whose worker dies in its turn is started again where it was called with retry', async () => {
  await withDyingWorker(register, beginning('child', 2), async (host) => {
    expect(await host.run('parent')).toMatchObject({ runtimeStatus: 'Completed', output: 'of a child' })
  })
})

test('an instance that was terminated and purged while an activity ran is there again when that ends', async () => {
  let end: (() => void) | undefined
  await withHost(
    () => {
      df.app.activity('slow', {
        handler: () =>
          new Promise<void>((resolve) => {
            end = resolve
          })
      })
      df.app.orchestration('story', function* (context) {
        yield context.df.callActivity('slow')
      })
    },
    async (host) => {
      await host.client.startNew('story', { instanceId: 'one', input: 'x' })
      await until(() => end !== undefined)
      await host.client.terminate('one', 'by hand')
      await host.ended('one')
      expect(await host.client.purgeInstanceHistory('one')).toEqual({ instancesDeleted: 1 })
      expect((await host.api('instances/one')).status).toBe(404)
      end?.()
      await until(async () => (await host.api('instances/one')).status === 200)
      expect(await host.client.getStatus('one')).toMatchObject({
        runtimeStatus: 'Terminated',
        input: 'x',
        output: 'by hand'
      })
      expect(await host.history('one')).toEqual([])
    }
  )
})
