import { nextSlaMoment, nothingDone, slaDuty, slaMoments } from '../src/domain/calendar/sla.ts'
import { judged, type Benchmark } from './benchmark.ts'

const ROUNDS = 50
const now = '2026-11-24T18:37:00.000Z'
const rules = { zone: 'America/Los_Angeles', extraHolidays: [], businessDays: 5 }

/** What a turn computes of the service level while its clock runs from long ago, against one that runs since last month. */
export const oldClock: Benchmark = {
  name: 'old-clock',
  async run() {
    const [recent, old] = [turnMs('2026-10-24T09:00:00.000Z'), turnMs('1970-01-01T00:00:00.000Z')]
    return {
      unit: 'ms',
      against: `at most 50 ms a turn; from last month: ${recent.toFixed(2)} ms`,
      ...judged(old, '<=', 50)
    }
  }
}

function turnMs(from: string): number {
  const began = performance.now()
  for (let round = 0; round < ROUNDS; round += 1) {
    const moments = slaMoments(from, rules)
    slaDuty(now, moments, nothingDone, rules)
    nextSlaMoment(now, moments, nothingDone, rules)
  }
  return (performance.now() - began) / ROUNDS
}
