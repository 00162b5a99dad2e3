import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { emptyHub } from '../../../local/host/store/open.ts'
import { app, df, open, type TestHost, until, withHost, withStateFile } from '../../conformance/harness.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** An app that looks each minute, and each night. */
function looking(): { register: () => void; looks: string[] } {
  const looks: string[] = []
  const look = (name: string, schedule: string): void =>
    app.timer(name, {
      schedule,
      handler: () => {
        looks.push(name)
      }
    })
  const register = (): void => {
    look('watch', '0 * * * * *')
    look('nightly', '0 0 0 * * *')
    df.app.orchestration('dies', function* () {
      throw new Error('for good')
    })
    df.app.orchestration('waits', function* (context) {
      yield context.df.waitForExternalEvent('never')
    })
  }
  return { looks, register }
}

const fewEnough = 6
/** As many as are noted: MOST_DEATHS of local/host/triggers/timers.ts. */
const mostDeaths = 100

/** Resolves with how far time has come when it stands still. */
async function stands({ clock }: TestHost): Promise<number> {
  for (let ahead = clock.now() - Date.now(); ; ) {
    await sleep(150)
    const now = clock.now() - Date.now()
    if (Math.abs(now - ahead) < MINUTE_MS / 2) return now
    ahead = now
  }
}

test('timers come to their next ticks when an instance has failed, some times, and then time stands still', async () => {
  const { looks, register } = looking()
  const began = Date.now()
  /** Minutes of real time that may have ended meanwhile: they tick, too. */
  const ownMinutes = (): number => Math.ceil((Date.now() - began) / MINUTE_MS)
  await withHost(register, async (host) => {
    await host.client.startNew('waits')
    expect(await stands(host)).toBeLessThan(MINUTE_MS)
    expect(looks.length).toBeLessThanOrEqual(ownMinutes())
    await host.run('dies')
    await until(() => looks.length >= 3)
    expect(await stands(host)).toBeLessThan(3 * HOUR_MS)
    expect(looks.filter((name) => name === 'watch').length).toBeLessThan(fewEnough + ownMinutes())
    await host.run('dies')
    await until(() => looks.length >= 2 * 3)
  })
})

test.each<[string, (host: TestHost, id: string) => Promise<unknown>]>([
  ['terminated', (host, id) => host.client.terminate(id, 'by hand')],
  [
    'terminated and purged',
    async (host, id) => {
      await host.client.terminate(id, 'by hand')
      await host.ended(id)
      await host.client.purgeInstanceHistory(id)
    }
  ]
])('timers come to their next ticks when an instance is %s', async (_, end) => {
  const { looks, register } = looking()
  await withHost(register, async (host) => {
    await end(host, await host.client.startNew('waits'))
    await until(() => looks.length >= 3)
  })
})

test('timers come to the ticks of some minutes when a worker died, which may have been about to start something', async () => {
  const { looks, register } = looking()
  await withHost(register, async (host) => {
    await host.client.startNew('waits')
    await host.loseWorker()
    await until(() => looks.length >= 2)
    expect(await stands(host)).toBeLessThan(5 * MINUTE_MS)
  })
})

test('a timer whose orchestration fails at each tick does not keep time going for ever', async () => {
  let ticks = 0
  await withHost(
    () => {
      df.app.orchestration('dies', function* () {
        throw new Error('each time')
      })
      app.timer('starts', {
        schedule: '0 * * * * *',
        extraInputs: [df.input.durableClient()],
        async handler(_timer, context) {
          ticks += 1
          await df.getClient(context).startNew('dies')
        }
      })
    },
    async (host) => {
      await host.run('dies')
      await expect.poll(() => ticks, { timeout: 20_000 }).toBeGreaterThanOrEqual(mostDeaths)
      await stands(host)
      await stands(host)
      expect(ticks).toBeLessThan(mostDeaths + fewEnough + 5) // the machine's own minutes count, too
    }
  )
})

test('timers come to their next ticks when every instance is gone from under a host', async () => {
  const { looks, register } = looking()
  await withStateFile(async (stateFile) => {
    const before = await open(register, { stateFile })
    await before.client.startNew('waits')
    await before.stop()
    const database = new DatabaseSync(stateFile)
    emptyHub(database)
    database.close()
    const after = await open(register, { stateFile })
    await until(() => looks.length >= 3)
    await after.stop()
  })
})
