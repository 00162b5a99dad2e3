import { afterEach, beforeEach, expect, test } from 'vitest'
import { startClockServer } from '../../../../local/azure/core/clock-server.ts'
import { SimulatedClock } from '../../../../local/azure/core/clock.ts'
import { StoredWorld } from '../../../../local/azure/core/world.ts'

const startAt = new Date('2026-11-23T17:00:00Z')
let clock: SimulatedClock
let server: Awaited<ReturnType<typeof startClockServer>>

beforeEach(async () => {
  clock = new SimulatedClock({ world: new StoredWorld(':memory:'), mode: 'skip', startAt })
  server = await startClockServer(clock)
})
afterEach(() => server.stop())

const idle = (body: string) => fetch(`${server.url}/idle`, { method: 'POST', body })

test('the host reads the offset', async () => {
  expect(await (await fetch(server.url)).json()).toEqual({ offsetMs: clock.offsetMs })
})

test('a host that waits until Friday hears of an offset that makes it Friday', async () => {
  const due = '2026-11-27T23:31:00.000Z'
  const answer: unknown = await (await idle(JSON.stringify({ due }))).json()
  const offsetMs: unknown = expect.closeTo(Date.parse(due) - Date.now(), -4)
  expect(answer).toEqual({ offsetMs })
})

test('a host that waits for a person only leaves time where it is', async () => {
  const before = clock.offsetMs
  expect(await (await idle('{"due":null}')).json()).toEqual({ offsetMs: before })
})

test('an idle report that says no instant is refused and moves nothing', async () => {
  const before = clock.offsetMs
  const answers = await Promise.all(['{}', '', '{"due":"Friday"}', '{"due":5}', '[]'].map(idle))
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400])
  expect(clock.offsetMs).toBe(before)
})

test('any other path is not there', async () => {
  expect((await fetch(`${server.url}/advance`)).status).toBe(404)
})
