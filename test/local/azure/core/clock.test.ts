import { expect, test } from 'vitest'
import { SimulatedClock, type ClockMode, type ClockSource } from '../../../../local/azure/core/clock.ts'
import { StoredWorld } from '../../../../local/azure/core/world.ts'

const start = Date.parse('2026-11-23T17:00:00Z')
const hour = 3_600_000
const day = 24 * hour

function clockAt(mode: ClockMode, world = new StoredWorld(':memory:')) {
  const clock = new SimulatedClock({ world, mode, startAt: new Date(start) })
  const ran: [string, number][] = []
  clock.handle('note', (payload) => {
    ran.push([String(payload), clock.now()])
  })
  const note = (name: string, at: number) => clock.schedule({ kind: 'note', key: name, at, payload: name })
  return { clock, ran, note, world, names: () => ran.map(([name]) => name) }
}

/** Real time goes by while a test runs: within five seconds. */
const about = (instant: number): unknown => expect.closeTo(instant, -4)

test('a fresh state begins at the wished instant, an old one goes on from where it is', async () => {
  const { clock, world } = clockAt('skip')
  expect(clock.now()).toEqual(about(start))
  await clock.advance(day)
  const again = new SimulatedClock({ world, mode: 'skip', startAt: new Date(start) })
  expect(again.now()).toEqual(about(start + day))
})

test('with nothing due the clock jumps straight to what the host waits for', async () => {
  const { clock } = clockAt('skip')
  await clock.idle(start + 5 * day)
  expect(clock.now()).toEqual(about(start + 5 * day))
  expect(clock.now()).toBeGreaterThanOrEqual(start + 5 * day)
})

test('the earliest of host, agenda and people decides, and what is due there has happened before the answer', async () => {
  const { clock, note, ran } = clockAt('skip')
  note('approval', start + 3 * day)
  await clock.idle(start + 5 * day)
  expect(ran).toEqual([['approval', about(start + 3 * day)]])
  expect(clock.now()).toEqual(about(start + 3 * day))
})

test('what is due now is done first, without a jump, so that the host can look again', async () => {
  const { clock, note, names } = clockAt('skip')
  note('delivery', start)
  await clock.idle(start + day)
  expect(names()).toEqual(['delivery'])
  expect(clock.now()).toEqual(about(start))
})

test('with nobody waiting for a time, time stands still', async () => {
  const { clock } = clockAt('skip')
  await clock.idle(undefined)
  expect(clock.now()).toEqual(about(start))
  expect(clock.stillReports).toBe(1)
})

test('an instant that has passed causes no jump', async () => {
  const { clock } = clockAt('skip')
  await clock.idle(start - day)
  expect(clock.now()).toEqual(about(start))
})

test('a real clock never jumps, however idle the host is', async () => {
  const { clock, note, names } = clockAt('real')
  note('approval', start + day)
  await clock.idle(start + hour)
  expect(clock.now()).toEqual(about(start))
  expect(names()).toEqual([])
})

test('a started real clock carries out what becomes due by itself', async () => {
  const { clock, note, names } = clockAt('real')
  note('delivery', start)
  clock.start()
  await expect.poll(names, { timeout: 3000 }).toEqual(['delivery'])
  await clock.stop()
})

test('advancing stops at every instant on the way, in order of time', async () => {
  const { clock, note, ran } = clockAt('skip')
  note('second', start + 2 * hour)
  note('first', start + hour)
  note('beyond', start + 4 * hour)
  await clock.advance(3 * hour)
  expect(ran).toEqual([
    ['first', about(start + hour)],
    ['second', about(start + 2 * hour)]
  ])
  expect(clock.now()).toEqual(about(start + 3 * hour))
})

test('scheduling a key again replaces it, cancelling takes it away', async () => {
  const { clock, note, names } = clockAt('skip')
  note('moved', start + hour)
  note('moved', start + 2 * day)
  note('cancelled', start + hour)
  expect(clock.cancel('cancelled')).toBe(true)
  await clock.advance(day)
  expect(names()).toEqual([])
  await clock.advance(2 * day)
  expect(names()).toEqual(['moved'])
})

test('a handler may put its own successor under the same key', async () => {
  const { clock } = clockAt('skip')
  let deliveries = 0
  clock.handle('retry', () => {
    deliveries += 1
    if (deliveries < 3) clock.schedule({ kind: 'retry', key: 'retry', at: clock.now() + hour, payload: {} })
  })
  clock.schedule({ kind: 'retry', key: 'retry', at: start, payload: {} })
  await clock.advance(day)
  expect(deliveries).toBe(3)
})

test('the agenda outlives the process', async () => {
  const { note, world } = clockAt('skip')
  note('approval', start + day)
  const later = clockAt('skip', world)
  await later.clock.advance(2 * day)
  expect(later.names()).toEqual(['approval'])
})

test('an entry that nobody handles says so once and does not block what follows', async () => {
  const { clock, note, names } = clockAt('skip')
  clock.schedule({ kind: 'unheard-of', key: 'x', at: start, payload: {} })
  note('after', start)
  await expect(clock.idle(undefined)).rejects.toThrow('No service handles the agenda entry "x" (unheard-of).')
  await clock.idle(undefined)
  expect(names()).toEqual(['after'])
})

test('scripted people look before they act, and act when their time has come', async () => {
  const { clock } = clockAt('skip')
  const log: string[] = []
  const person = personWho(log, start + hour)
  clock.addSource(person)
  await clock.idle(start + day)
  expect(log).toEqual(['looked', 'acted'])
  expect(clock.now()).toEqual(about(start + hour))
})

test('a report that finds nobody to wait for is counted when it has been taken, and not before', async () => {
  const { clock } = clockAt('skip')
  const counts: number[] = []
  clock.addSource({
    observe: async () => void counts.push(clock.stillReports),
    next: () => undefined,
    run: async () => undefined
  })
  for (let report = 0; report < 3; report++) await clock.idle(undefined)
  expect([...counts, clock.stillReports]).toEqual([0, 1, 2, 3])
})

test('idle reports are taken one at a time', async () => {
  const { clock } = clockAt('skip')
  let inside = 0
  let most = 0
  clock.handle('slow', async () => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setTimeout(resolve, 20))
    inside -= 1
  })
  clock.schedule({ kind: 'slow', key: 'a', at: start, payload: {} })
  clock.schedule({ kind: 'slow', key: 'b', at: start + hour, payload: {} })
  await Promise.all([clock.idle(undefined), clock.idle(undefined), clock.idle(undefined)])
  expect(most).toBe(1)
})

function personWho(log: string[], at: number): ClockSource {
  let due: number | undefined = at
  return {
    observe: () => {
      log.push('looked')
      return Promise.resolve()
    },
    next: () => due,
    run: () => {
      log.push('acted')
      due = undefined
      return Promise.resolve()
    }
  }
}

test('a report of a host to which somebody spoke after it causes no jump: the host is idle no longer', async () => {
  const { clock, note } = clockAt('skip')
  note('delivery', start)
  await Promise.all([clock.idle(start + day), clock.idle(start + day)])
  expect(clock.now()).toEqual(about(start))
  await clock.idle(start + day)
  expect(clock.now()).toEqual(about(start + day))
})
