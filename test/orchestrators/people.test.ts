import { expect, test } from 'vitest'
import { tryOrchestrator } from '../../local/host/testing.ts'
import { taskName } from '../../src/domain/tasks/task.ts'
import { open } from '../../src/orchestrators/board.ts'
import { Cancelled } from '../../src/orchestrators/cancelled.ts'
import { type Context, later, sleepUntil, type Story } from '../../src/orchestrators/durable.ts'
import { endsBeside } from '../../src/orchestrators/ends.ts'
import { askAll, questionOf, shownPart, standBeside, waitFor } from '../../src/orchestrators/people.ts'
import type { Question } from '../../src/orchestrators/question.ts'
import type { Desk, Run } from '../../src/orchestrators/run.ts'
import { taskOf } from '../domain/tasks.ts'
import { deskIn } from './desk.ts'
import { type Contracts, type Spoken, spoken } from './spoken.ts'

const MINUTE_MS = 60_000
const from = new Date('2026-03-09T16:00:00Z')

async function tried<T>(orchestrator: (context: Context) => Story<T>, said: readonly Spoken[]) {
  const { activities, events, verdicts } = spoken(from, said)
  const trial = await tryOrchestrator<T, Contracts>({ orchestrator, activities, events, from })
  return { ...trial, verdicts: verdicts.map(({ verdict }) => verdict) }
}

/** What stands beside every wait reads of a run no more than a desk has. */
function withEnds(desk: Desk): Desk {
  standBeside(desk, () => endsBeside(desk as Run))
  return desk
}

const acknowledge = { kind: 'acknowledge' } as const
const officer = taskOf('offer-exchange')

/** Waits for a word, is busy for an hour, and waits again: for `second`, and for the end of the onboarding as always. */
function* busyBetween(context: Context): Story<string> {
  const desk = withEnds(deskIn(context, 'offers'))
  for (const task of [acknowledge, officer]) open(desk.board, { task, for: 'x', asks: 'y' })
  try {
    desk.pending = []
    yield* waitFor(desk, [acknowledge])
    desk.pending = [] // judged by whoever waited
    yield* sleepUntil(context, later(context, 3600))
    const said = yield* waitFor(desk, [officer])
    return said ? taskName(said.task) : 'nothing'
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    return `cancelled by ${String(error.answered?.by)}`
  }
}

test('an end that is told to a busy orchestration is heard at its next wait, although an earlier wait left a waiter behind', async () => {
  const { output } = await tried(busyBetween, [
    { after: MINUTE_MS, task: 'acknowledge' },
    { after: 30 * MINUTE_MS, task: 'cancel', by: 'bob@contoso.com', answer: { reason: 'we start anew' } }
  ])
  expect(output).toBe('cancelled by bob@contoso.com')
})

test('an answer that comes while the orchestration is busy with another one is not lost', async () => {
  const { output, took } = await tried(busyBetween, [
    { after: MINUTE_MS, task: 'acknowledge' },
    { after: 30 * MINUTE_MS, task: 'offer-exchange' }
  ])
  expect([output, took]).toEqual(['offer-exchange', 61 * MINUTE_MS])
})

const question: Question = {
  task: { kind: 'approve', slot: 1 },
  for: 'alice',
  asks: 'Approve it.',
  *refuse({ by }) {
    yield* []
    return by === 'alice@contoso.com' ? undefined : `${by} may not.`
  }
}

const asking = (questions: readonly Question[]) =>
  function* (context: Context): Story<string[]> {
    return (yield* askAll(withEnds(deskIn(context, 'approvals')), questions)).map(({ by, at }) => `${by} ${at}`)
  }

test('an answer that is refused is asked for again, with the reason, and each has its verdict', async () => {
  const { output, verdicts } = await tried(asking([question]), [
    { after: MINUTE_MS, task: 'approve-slot-1', by: 'mallory@contoso.com' },
    { after: 2 * MINUTE_MS, task: 'approve-slot-1', serial: 2 }
  ])
  expect(output).toEqual(['alice@contoso.com 2026-03-09T16:02:00.000Z'])
  expect(verdicts).toEqual(['refused', 'taken'])
})

test('who answers once more what is answered already is told that it came too late', async () => {
  const other: Question = { task: { kind: 'approve', slot: 2 }, for: 'bob', asks: 'Approve it.' }
  const { output, verdicts } = await tried(asking([question, other]), [
    { after: MINUTE_MS, task: 'approve-slot-1' },
    { after: MINUTE_MS, task: 'approve-slot-1' },
    { after: 2 * MINUTE_MS, task: 'approve-slot-2', by: 'bob@contoso.com' }
  ])
  expect(output).toHaveLength(2)
  expect(verdicts).toEqual(['taken', 'late', 'taken'])
})

test('a halt is sat out until one person of each slot has said to go on', async () => {
  const reason = { reason: 'somebody may have our keys' }
  const { output, took, verdicts } = await tried(asking([question]), [
    { after: MINUTE_MS, task: 'halt', answer: reason },
    { after: 2 * MINUTE_MS, task: 'approve-slot-1' },
    { after: 3 * MINUTE_MS, task: 'go-on-slot-1', by: 'alice@contoso.com' },
    { after: 9 * MINUTE_MS, task: 'go-on-slot-2', by: 'bob@contoso.com' }
  ])
  expect(output).toHaveLength(1)
  expect(took).toBe(9 * MINUTE_MS)
  expect(verdicts).toEqual(['taken', 'taken', 'taken', 'taken'])
})

test('a sleeper to whom nobody says anything looks by itself ever more seldom', async () => {
  const silent = function* (context: Context): Story<null> {
    const desk = deskIn(context, 'offers')
    open(desk.board, shownPart(questionOf(desk, acknowledge, {} as never)))
    yield* waitFor(desk, [], later(context, 30 * 24 * 3600))
    return null
  }
  const { calls } = await tried(silent, [])
  expect(calls.filter(({ name }) => name === 'hear').length).toBeLessThan(15)
})

/** The ledger refuses so many looks, one after the other. */
async function withLedgerAway(looks: number) {
  const { activities, events } = spoken(from, [{ after: MINUTE_MS, task: 'acknowledge' }])
  const { hear = () => expect.fail() } = activities
  let asked = 0
  const trial = await tryOrchestrator<string, Contracts>({
    *orchestrator(context) {
      const desk = deskIn(context, 'offers')
      open(desk.board, { task: acknowledge, for: 'x', asks: 'y' })
      const said = yield* waitFor(desk, [acknowledge])
      return said ? taskName(said.task) : 'nothing'
    },
    activities: {
      ...activities,
      hear: (input) =>
        ++asked > looks ? hear(input) : { refused: { kind: 'unreadable', message: 'Storage answered no list.' } }
    },
    events,
    from
  })
  return { ...trial, asked }
}

test('whoever cannot read the ledger waits for it, and hears then what was said', async () => {
  const { output, took, asked } = await withLedgerAway(3)
  expect(output).toBe('acknowledge')
  expect(asked).toBe(4)
  expect(took).toBeGreaterThan(3 * MINUTE_MS)
})

test('a ledger that cannot be read for an hour ends the instance, in few looks', async () => {
  const { status, output, asked } = await withLedgerAway(100)
  expect({ status, output }).toEqual({ status: 'Failed', output: expect.stringContaining('Storage answered no list.') })
  expect(asked).toBeLessThan(10)
})
