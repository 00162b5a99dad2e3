import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tryOrchestrator } from '../../local/host/testing.ts'
import type { Outcome } from '../../src/domain/terms/outcome.ts'
import { look } from '../../src/names.ts'
import {
  act,
  actForEach,
  later,
  sleepUntil,
  sleepUntilLook,
  whyFailed,
  type Context,
  type Story
} from '../../src/orchestrators/durable.ts'

type Purged = Outcome<{ purged: number }>

const message = 'Mail asked to slow down (429): send as app. Try again later.'
const wait = (seconds: number): Purged => ({ wait: { seconds, message, kind: 'throttled' } })
const SECOND_MS = 1000

/** Answers each call with the next of these. */
const answering = (...answers: Purged[]) => ({ 'purge-finished': () => answers.shift() ?? { done: { purged: -1 } } })

const once = function* (context: Context): Story<string> {
  try {
    return String((yield* act(context, 'purge-finished', { before: 'x' })).purged)
  } catch (error) {
    return whyFailed(error)
  }
}

test('a step that Azure tells to wait for half an hour waits so long, and no operator hears of it', async () => {
  const activities = answering(wait(1800), wait(600), { done: { purged: 7 } })
  const { output, took, calls } = await tryOrchestrator({ orchestrator: once, activities })
  expect([output, took, calls.length]).toEqual(['7', 2400 * SECOND_MS, 3])
})

const until = (after: string) => `${message} It asked to be left alone until ${after}.`

test('a step that is told to wait again and again ends after an hour, with what Azure said', async () => {
  const activities = answering(...Array.from({ length: 99 }, () => wait(1800)))
  const trial = { orchestrator: once, activities, from: new Date('2026-03-09T16:00:00Z') }
  const { output, calls } = await tryOrchestrator(trial)
  expect([output, calls.length]).toEqual([until('2026-03-09T17:30:00.000Z'), 3])
})

test('a step that is told to wait for ninety days ends at once, and says until when', async () => {
  const trial = {
    orchestrator: once,
    activities: answering(wait(90 * 24 * 3600)),
    from: new Date('2026-03-09T16:00:00Z')
  }
  const { output, took } = await tryOrchestrator(trial)
  expect([output, took]).toEqual([until('2026-06-07T16:00:00.000Z'), 0])
})

test('of many steps only those that were told to wait are taken again, and results keep their order', async () => {
  const seen: string[] = []
  const orchestrator = function* (context: Context): Story<number[]> {
    const all = yield* actForEach(
      context,
      'purge-finished',
      ['1', '2', '3'].map((before) => ({ before }))
    )
    return all.map(({ purged }) => purged)
  }
  const activities = {
    'purge-finished': (input: unknown): Purged => {
      const { before } = input as { before: string }
      seen.push(before)
      return before === '2' && seen.length < 4 ? wait(60) : { done: { purged: Number(before) } }
    }
  }
  const { output, took } = await tryOrchestrator({ orchestrator, activities })
  expect([output, took, seen.toSorted()]).toEqual([[1, 2, 3], 60 * SECOND_MS, ['1', '2', '2', '3']])
})

test.each([
  [
    'the embedded host',
    `Activity function 'make-key' failed: AzureCallError: ${message}\n    at translate (file:///app.mjs:1:2)`
  ],
  [
    'the worker in Azure',
    `Activity function 'make-key' failed:  Result: Failure\nException: ${message}\nStack: AzureCallError: ${message}\n    at x`
  ],
  ['a step itself', message]
])('why a step failed is one line without a stack, as %s tells it', (_who, text) => {
  expect(whyFailed(new Error(text))).toBe(message)
})

test('a failure without a word is said to be one', () => {
  expect(whyFailed(undefined)).toBe('the step failed without a message')
})

const sleepOrWork = fc.record({ sleeps: fc.integer({ min: 1, max: 9 }), works: fc.integer({ min: 0, max: 9 }) })

test('whatever it did before and does when it is said, a look is heard at once or as soon as there is time', async () => {
  const days = fc.array(sleepOrWork, { minLength: 1, maxLength: 8 })
  const looks = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(days, looks, async (plans, moments) => {
      const from = new Date('2026-03-09T16:00:00Z')
      const after = (context: Context) => (context.df.currentUtcDateTime.getTime() - from.getTime()) / SECOND_MS
      const orchestrator = function* (context: Context): Story<[number, number, boolean][]> {
        const slept: [number, number, boolean][] = []
        for (const { sleeps, works } of plans) {
          const begun = after(context)
          const wasSaid = yield* sleepUntilLook(context, later(context, sleeps))
          slept.push([begun, after(context), wasSaid])
          yield* sleepUntil(context, later(context, works))
        }
        return slept
      }
      // Each with its own fraction of a second: nothing is said at the very moment of a timer.
      const said = moments.map((moment, index) => moment + (index + 1) / 10).toSorted((one, other) => one - other)
      const events = said.map((moment) => ({ after: moment * SECOND_MS, event: look }))
      const { output = [] } = await tryOrchestrator<[number, number, boolean][]>({
        orchestrator,
        activities: {},
        events,
        from
      })
      let heard = 0 // one said while there was no time for the one before may be heard again
      for (const [begun, ended, wasSaid] of output) {
        const isKnown = said.filter((moment) => moment <= begun).length > heard
        if (isKnown) expect([wasSaid, ended]).toEqual([true, begun])
        else if (said.some((moment) => moment > begun && moment <= ended))
          expect([begun, wasSaid]).toEqual([begun, true])
        if (wasSaid) heard = said.filter((moment) => moment <= ended).length
      }
    })
  )
})
