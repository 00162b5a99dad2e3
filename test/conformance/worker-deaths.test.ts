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

/** A story with a bit of everything, in which all that can be retried is. */
function registerAll(): void {
  const options = new df.RetryOptions(1000, 4)
  df.app.activity('step', { handler: (input: unknown) => input })
  df.app.orchestration('inner', function* (context) {
    yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 1000))
    return yield context.df.callActivityWithRetry('step', options, 'inner')
  })
  df.app.orchestration('outer', function* (context) {
    const round = Number(context.df.getInput())
    const both: unknown = yield context.df.Task.all([
      context.df.callActivityWithRetry('step', options, 'a'),
      context.df.callActivityWithRetry('step', options, 'b')
    ])
    const child: unknown = yield context.df.callSubOrchestratorWithRetry('inner', options, undefined, `kid-${round}`)
    if (round === 0) context.df.continueAsNew(1)
    return [both, child]
  })
}

const isOuterTurn = ({ kind, name, isTurn }: HostMoment): boolean =>
  kind === 'begins' && isTurn === true && name === 'outer'

/** How `outer` ends when the worker dies at its n-th point, and which that was; without an n, the number of points. */
async function runWith(deathAt?: number): Promise<{ ended: unknown; diedAt: HostMoment | undefined; points: number }> {
  let ended: unknown
  let diedAt: HostMoment | undefined
  let points = 0
  const isPoint: At = (moment) => {
    if (moment.kind === 'hears' || moment.kind === 'keeps' || moment.name === 'harness') return false
    points += 1
    if (points === deathAt) diedAt = moment
    return points === deathAt
  }
  await withDyingWorker(registerAll, isPoint, async (host) => {
    const { runtimeStatus, output } = await host.run('outer', 0)
    ended = String(runtimeStatus) === 'Completed' ? output : runtimeStatus
  })
  return { ended, diedAt, points }
}

test('wherever the worker dies, an instance has failed whose turn it was, and everything else is done again where it is retried', async () => {
  const calm = [['a', 'b'], 'inner']
  const { ended, points } = await runWith()
  expect(ended).toEqual(calm)
  expect(points).toBeGreaterThan(30)
  for (let death = 1; death <= points; death += 1) {
    const run = await runWith(death)
    const expected = run.diedAt && isOuterTurn(run.diedAt) ? 'Failed' : calm
    expect([run.diedAt, run.ended]).toEqual([run.diedAt, expected])
  }
}, 60_000)
