import { expect, test } from 'vitest'
import { type RaisedEvent, tryOrchestrator } from '../../local/host/testing.ts'
import { eventName } from '../../src/domain/state/event-name.ts'
import { cancelled } from '../../src/names.ts'
import { taskName } from '../../src/domain/tasks/task.ts'
import { type Context, later, sleepUntil, type Story } from '../../src/orchestrators/durable.ts'
import { askAll, Cancelled, waitFor } from '../../src/orchestrators/people.ts'
import { deskIn } from './desk.ts'

const MINUTE_MS = 60_000

const said = (after: number, event: string, by = 'alice@contoso.com'): RaisedEvent => ({
  after: after * MINUTE_MS,
  event,
  data: { by, answer: {} }
})

/** Waits for a word, is busy for an hour, and waits again: for `second`, and for the end of the onboarding as always. */
const busyBetween = (second: string) =>
  function* (context: Context): Story<string> {
    const desk = deskIn(context, 'offers')
    try {
      yield* waitFor(desk, ['go.1', second])
      yield* sleepUntil(context, later(context, 3600))
      return (yield* waitFor(desk, [second]))?.event ?? 'nothing'
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error
      return `cancelled by ${error.answered.by}`
    }
  }

test('an end that is told to a busy orchestration is heard at its next wait, although an earlier wait left a waiter behind', async () => {
  const events = [said(1, 'go.1'), said(30, cancelled, 'bob@contoso.com')]
  const { output } = await tryOrchestrator({ orchestrator: busyBetween('on.1'), activities: {}, events })
  expect(output).toBe('cancelled by bob@contoso.com')
})

test('an answer that comes while the orchestration is busy with another one is not lost', async () => {
  const events = [said(1, 'go.1'), said(30, 'on.1')]
  const { output, took } = await tryOrchestrator({ orchestrator: busyBetween('on.1'), activities: {}, events })
  expect([output, took]).toEqual(['on.1', 61 * MINUTE_MS])
})

test('an answer that is refused is asked for again, under a new event, with the reason', async () => {
  const question = {
    task: { kind: 'approve', slot: 1 } as const,
    for: 'alice',
    asks: 'Approve it.',
    *refuse({ by }: { by: string }): Story<string | undefined> {
      return by === 'alice@contoso.com' ? undefined : `${by} may not.`
    }
  }
  const orchestrator = function* (context: Context): Story<string[]> {
    const desk = deskIn(context, 'approvals')
    return (yield* askAll(desk, [question])).map(({ by, at }) => `${by} ${at}`)
  }
  const events = [
    said(1, eventName(taskName(question.task), 1), 'mallory@contoso.com'),
    said(2, eventName(taskName(question.task), 2))
  ]
  const { output } = await tryOrchestrator({
    orchestrator,
    activities: {},
    events,
    from: new Date('2026-03-09T16:00:00Z')
  })
  expect(output).toEqual(['alice@contoso.com 2026-03-09T16:02:00.000Z'])
})
