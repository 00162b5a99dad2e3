import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tryOrchestrator } from '../../local/host/testing.ts'
import { anHour, later, nextLookAt } from '../../src/domain/state/azure-wait.ts'
import { keeperOf, type Context, type Story } from '../../src/orchestrators/durable.ts'
import { lookUntil, type NotYet } from '../../src/orchestrators/wait-on-azure.ts'

const start = '2026-03-09T16:00:00.000Z'
const MINUTE_MS = 60_000

/** Looks at something that is there after some simulated minutes, and returns how it went. */
const waitingFor = (afterMinutes: number, word: NotYet) =>
  function* (context: Context): Story<object> {
    const keeper = keeperOf(context)
    const began = keeper.now()
    let looks = 0
    const look = function* (): Story<boolean> {
      yield* []
      looks += 1
      return keeper.now() >= later(began, afterMinutes * 60)
    }
    const { seen, stalled } = yield* lookUntil(keeper, { what: 'a thing', patience: anHour }, look, (there) =>
      there ? undefined : word
    )
    return { seen, stalled, looks }
  }

const wait = (afterMinutes: number, word: NotYet = { said: 'Registering' }) =>
  tryOrchestrator({ orchestrator: waitingFor(afterMinutes, word), activities: {}, from: new Date(start) })

test('what comes is seen soon after, and what comes late is looked at ever more seldom', async () => {
  expect((await wait(1)).output).toEqual({ seen: true, looks: 3 })
  expect((await wait(50)).output).toEqual({ seen: true, looks: 8 })
})

test('what never comes is given up after an hour, with what was waited for, since when, and the last words', async () => {
  const { output, took } = await wait(Infinity)
  expect(output).toEqual({
    seen: false,
    looks: 8,
    stalled: { what: 'a thing', since: start, said: 'Registering' }
  })
  expect(took).toBe(60 * MINUTE_MS)
})

test('Azure is not asked before it wants to be', async () => {
  const { output, took } = await wait(20, { said: 'slow down', asked: 1500 })
  expect([output, took]).toEqual([{ seen: true, looks: 2 }, 25 * MINUTE_MS])
})

test('a wish for ninety days is given up at once, with its end', async () => {
  const { output, took } = await wait(Infinity, { said: 'slow down', asked: 90 * 24 * 3600 })
  expect(output).toEqual({
    seen: false,
    looks: 1,
    stalled: { what: 'a thing', since: start, said: 'slow down', until: '2026-06-07T16:00:00.000Z' }
  })
  expect(took).toBe(0)
})

test('a wait ends, grows, and never comes before Azure wants it, whatever Azure asks', () => {
  const asking = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4000 }), fc.double({ min: 0, noNaN: true }))
  fc.assert(
    fc.property(fc.array(asking, { minLength: 1 }), (wishes) => {
      let now = start
      for (let looks = 1; ; looks++) {
        const asked = wishes[looks % wishes.length] ?? 0
        const next = nextLookAt({ since: start, now, looks, asked }, anHour)
        expect(looks).toBeLessThanOrEqual(9)
        if (next === undefined) return
        expect(Date.parse(next) - Date.parse(now)).toBeGreaterThanOrEqual(Math.floor(asked) * 1000)
        expect(next > now && next <= later(start, 2 * anHour.most)).toBe(true)
        now = next
      }
    })
  )
})
