import { type Benchmark, judged } from './benchmark.ts'
import { median, timed } from './measure.ts'
import { completed, df, onHost } from './on-host.ts'

const DAYS = 14
const DAY_MS = 24 * 3_600_000
const ROUNDS = 5

export const twoWeeks: Benchmark = {
  name: 'two-weeks',
  async run() {
    const rounds = await onHost({ register, clock: 'skip' }, async (host) => {
      const spent: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const before = host.clock.now()
        spent.push(await timed(() => completed(host, 'daily')))
        if (host.clock.now() - before < DAYS * DAY_MS) throw new Error('The clock has not passed two weeks.')
      }
      return spent
    })
    return {
      ...judged(median(rounds), '<=', 50),
      unit: 'ms',
      against: `${DAYS} simulated days with a timer a day, durable on disk`
    }
  }
}

function register(): void {
  df.app.orchestration('daily', function* (context) {
    for (let day = 0; day < DAYS; day += 1) {
      yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + DAY_MS))
    }
  })
}
