import { type Benchmark, judged, round } from './benchmark.ts'
import { interleaved, timed } from './measure.ts'
import { app, completed, df, onHost } from './on-host.ts'

/** A call of one activity leaves four rows: turn begun, result, next call, turn over. */
const ROWS_PER_CALL = 4

/** Microseconds that the host itself spends on one row of a history of about so many. */
function perEvent(events: number): Promise<number> {
  const calls = events / ROWS_PER_CALL
  const handler = { spentMs: 0 }
  return onHost({ register: () => register(handler) }, async (host) => {
    const repeats = Math.max(1, Math.round(LEAST_EVENTS / events))
    const total = await timed(async () => {
      for (let repeat = 0; repeat < repeats; repeat += 1) await completed(host, 'chain', calls)
    })
    return ((total - handler.spentMs) / (repeats * events)) * 1000
  })
}

/** Short histories are repeated until both sides have the same to do. */
const LEAST_EVENTS = 5000

/** Notes the time inside the registered orchestrator: there the SDK replays all of history in every turn. */
function register(handler: { spentMs: number }): void {
  df.app.activity('next', { handler: (input: number) => input + 1 })
  df.app.orchestration('chain', function* (context) {
    let number = 0
    for (let left = Number(context.df.getInput()); left > 0; left -= 1) {
      number = Number(yield context.df.callActivity('next', number))
    }
    return number
  })
  app.hook.preInvocation((hooked) => {
    if (hooked.invocationContext.functionName !== 'chain') return
    const registered = hooked.functionHandler
    hooked.functionHandler = async (...given) => {
      const began = performance.now()
      try {
        return await registered(...given)
      } finally {
        handler.spentMs += performance.now() - began
      }
    }
  })
}

export const longHistory: Benchmark = {
  name: 'history-5000',
  async run() {
    const { short, long } = await interleaved({ short: () => perEvent(100), long: () => perEvent(5000) })
    return {
      ...judged(long / short, '<=', 3),
      unit: '× the time per event of a history of 100 events',
      against: `100 events: ${round(short)} µs each, 5000 events: ${round(long)} µs each, without the handler`
    }
  }
}
