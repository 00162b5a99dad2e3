import { expect, test } from 'vitest'
import { type Action, ActionType } from '../../local/host/durable/actions.ts'
import { historyEvent, type HistoryEvent } from '../../local/host/durable/events.ts'
import { Replay, type ReplayResult } from '../../local/host/durable/replay.ts'
import { df, open, withStateFile } from './harness.ts'

// The extension plays all of history in every turn (ext Listener/OutOfProcOrchestrationShim.cs 199-219); this host goes on
// from where it was. Both have to come to the same.

const of = { instanceId: 'one', parentInstanceId: undefined, executionId: 'e', isKnown: () => true }
const begun = (at: number): HistoryEvent => historyEvent('OrchestratorStarted', at)
const step = (functionName: string): Action => ({ actionType: ActionType.CallActivity, functionName, input: 1 })
const done = (id: number, at: number): HistoryEvent =>
  historyEvent('TaskCompleted', at, { TaskScheduledId: id, Result: '1' })

function told(replay: Replay, events: readonly HistoryEvent[], actions: readonly Action[]): ReplayResult {
  return replay.play(events, actions, { isDone: false, actions: [actions] })
}

test('what is new is told once, and numbered on', () => {
  const replay = new Replay(of)
  const first = told(replay, [begun(1), historyEvent('ExecutionStarted', 1)], [step('a')])
  expect(first.commands).toMatchObject([{ id: 0, name: 'a' }])
  expect(replay.goesOnWith([step('a'), step('b')])).toBe(true)
  const second = told(replay, [begun(2), done(0, 2)], [step('a'), step('b')])
  expect(second.commands).toMatchObject([{ id: 1, name: 'b' }])
})

test.for([
  ['another activity is called', [step('x'), step('b')]],
  ['fewer are called', []],
  ['a timer has been given up', [{ ...step('a'), isCanceled: true }]]
] as const)('all of history is played again when %s', ([, actions]) => {
  const replay = new Replay(of)
  told(replay, [begun(1), historyEvent('ExecutionStarted', 1)], [step('a')])
  expect(replay.goesOnWith(actions)).toBe(false)
})

test('an instance that is read from the file goes on as one that was kept in memory', async () => {
  const register = (): void => {
    df.app.activity('echo', { handler: (input: unknown) => input })
    df.app.orchestration('story', function* (context) {
      const seen: unknown[] = []
      for (let round = 0; round < 6; round += 1) {
        const timer = context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 8 * 86_400_000))
        const winner: unknown = yield context.df.Task.any([context.df.waitForExternalEvent('go'), timer])
        if (winner === timer) seen.push('timer')
        else timer.cancel()
        seen.push(
          yield context.df.Task.all([context.df.callActivity('echo', round), context.df.callActivity('echo', -round)])
        )
      }
      return seen
    })
  }
  const outcome = (restarts: boolean): Promise<unknown> => {
    let result: unknown
    return withStateFile(async (stateFile) => {
      let host = await open(register, { stateFile, clock: 'real' })
      await host.client.startNew('story', { instanceId: 'one' })
      for (let round = 0; round < 6; round += 1) {
        await expect
          .poll(async () => (await host.history('one')).filter((event) => event === 'TaskCompleted echo').length)
          .toBe(2 * round)
        if (restarts) {
          await host.stop()
          host = await open(register, { stateFile, clock: 'real' })
        }
        await host.client.raiseEvent('one', 'go', round)
      }
      result = [(await host.ended('one')).output, await host.history('one')]
      await host.stop()
    }).then(() => result)
  }
  expect(await outcome(true)).toEqual(await outcome(false))
})
