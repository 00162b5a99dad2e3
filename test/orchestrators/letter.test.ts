import { expect, test } from 'vitest'
import { type Fakes, tryOrchestrator } from '../../local/host/testing.ts'
import type { Activities } from '../../src/contracts/activities.ts'
import type { LetterInput, LetterOutcome } from '../../src/contracts/letters.ts'
import type { Outcome } from '../../src/domain/terms/outcome.ts'
import { letter } from '../../src/orchestrators/letter.ts'

const HOUR_MS = 3_600_000
const from = new Date('2026-03-09T16:00:00.000Z')
const started: LetterInput = {
  onboarding: 'contoso-1',
  now: from.toISOString(),
  plan: { name: 'contoso-1/plan.json', digest: 'v1.0' },
  letter: { kind: 'started', startedBy: 'alice@contoso.com' },
  same: ['started']
}
const escalated: LetterInput = {
  ...started,
  letter: { kind: 'escalation', number: 1, workload: 'exchange', due: '', states: { 1: '', 2: '' }, offers: [] },
  same: ['escalation', 'exchange', '1'],
  operationId: 'op-ms'
}

const handedOver = { operationId: 'op-1', sentAt: '2026-11-23T17:00:00.000Z', before: false }

type Letters = 'mail-operators' | 'look-at-letter' | 'note-failed-mail' | 'wake'
type Contracts = { [N in Letters]: { input: Activities[N]['input']; output: Outcome<Activities[N]['output']> } }
type Send = (
  nth: number,
  input: Activities['mail-operators']['input']
) => Outcome<Activities['mail-operators']['output']>

/** What the mail service says to each try, and to each look. */
async function send(told: LetterInput, answers: { send?: Send; states?: readonly string[] }) {
  let tries = 0
  let looks = 0
  const { states = ['Succeeded'] } = answers
  const handed: Send = () => ({ done: handedOver })
  const activities: Fakes<Contracts> = {
    'mail-operators': (input) => (answers.send ?? handed)(++tries, input),
    'look-at-letter': () => ({ done: { state: (states[looks++] ?? states.at(-1)) as 'Running' } }),
    'note-failed-mail': () => ({ done: null }),
    wake: () => ({ done: null })
  }
  const trial = await tryOrchestrator<LetterOutcome, Contracts>({ orchestrator: letter, input: told, activities, from })
  const failed = trial.calls.filter(({ name }) => name === 'note-failed-mail').map(({ input }) => input)
  return { ...trial, failed, tries, looks }
}

const wait = (seconds: number): Outcome<never> => ({ wait: { seconds, kind: 'throttled', message: 'slow down' } })

test('a letter is handed over and followed until the mail service has delivered it', async () => {
  const { output, failed, looks } = await send(started, { states: ['Running', 'Succeeded'] })
  expect(output).toEqual({ outcome: 'delivered' })
  expect([failed, looks]).toEqual([[], 2])
})

test('it waits as long as the mail service asks, hour after hour, and is sent all the same', async () => {
  const { output, tries, took } = await send(started, {
    send: (nth) => (nth <= 4 ? wait(3600) : { done: handedOver })
  })
  expect(output).toEqual({ outcome: 'delivered' })
  expect(tries).toBe(5)
  expect(took).toBeGreaterThanOrEqual(4 * HOUR_MS)
})

test('a mail to Microsoft goes first, and a letter that has yielded for two hours goes out by itself', async () => {
  const yielding = await send(started, {
    send: (nth) => ({ done: nth < 4 ? { held: 'microsoft-first' } : handedOver })
  })
  expect(yielding).toMatchObject({ output: { outcome: 'delivered' }, tries: 4 })
  const stuck = await send(started, {
    send: (_, { yields }) => ({ done: yields ? { held: 'microsoft-first' } : handedOver })
  })
  expect(stuck.output).toEqual({ outcome: 'delivered' })
  expect(stuck.took).toBeGreaterThanOrEqual(2 * HOUR_MS)
})

test('one that finds no room beside other mails waits for it, in the name of the day it was written, and is noted after two days', async () => {
  const asked: string[] = []
  const full = await send(started, {
    send: (nth, { now }) => {
      asked.push(now)
      return { done: nth < 6 ? { held: 'hour-is-full' } : handedOver }
    }
  })
  expect(full.output).toEqual({ outcome: 'delivered' })
  expect(new Set(asked)).toEqual(new Set([started.now]))
  const never = await send(started, { send: () => ({ done: { held: 'hour-is-full' } }) })
  expect(never.failed).toMatchObject([{ why: expect.stringContaining('no room') }])
  expect(never.history.split('\n').length).toBeLessThan(500)
})

test('one that the mail service took and could not deliver is noted in the chain, and the onboarding is told to look', async () => {
  const { output, failed, calls } = await send(started, { states: ['Running', 'Failed'] })
  expect(output).toMatchObject({ outcome: 'failed' })
  expect(failed).toMatchObject([
    { onboarding: 'contoso-1', letter: 'started', same: ['started'], why: expect.stringContaining('ended Failed') }
  ])
  expect(calls.at(-1)).toEqual({ name: 'wake', input: { chains: ['onboarding.contoso-1'] } })
})

test('one that is refused for good is noted at once', async () => {
  const { failed, tries } = await send(started, {
    send: () => ({ refused: { kind: 'forbidden', message: 'Communication Services refused (403 Forbidden).' } })
  })
  expect(failed).toMatchObject([{ why: 'Communication Services refused (403 Forbidden).' }])
  expect(tries).toBe(1)
})

test('one that nobody can send for a day is noted, with a short history', async () => {
  const { failed, took, history } = await send(started, {
    send: () => {
      throw new Error('Communication Services did not answer usefully (NoAnswer).')
    }
  })
  expect(failed).toMatchObject([{ why: expect.stringContaining('NoAnswer') }])
  expect(took).toBeLessThan(24 * HOUR_MS)
  expect(history.split('\n').length).toBeLessThan(500)
})

test.each(['unknown', 'Running'])('one that stays %s for a day is noted, with few looks', async (state) => {
  const { failed, looks } = await send(started, { states: [state] })
  expect(failed).toMatchObject([{ why: expect.stringContaining('not known to be delivered') }])
  expect(looks).toBeLessThan(10)
})

test('one that was sent long before, and that the mail service has forgotten, is not said to have failed', async () => {
  const { output } = await send(started, {
    send: () => ({ done: { ...handedOver, before: true } }),
    states: ['unknown']
  })
  expect(output).toEqual({ outcome: 'delivered' })
})

test('a mail to Microsoft that the work has sent is only followed', async () => {
  const { tries, failed } = await send(escalated, { states: ['Failed'] })
  expect(tries).toBe(0)
  expect(failed).toMatchObject([{ letter: 'escalation to Microsoft (exchange)' }])
})
