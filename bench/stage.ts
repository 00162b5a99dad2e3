import { readRequestFile } from '../local/rehearsal/request-file.ts'
import { openStage } from '../local/stage/stage.ts'
import { onboard } from '../local/sweep/onboard.ts'
import { quickApproval, quietSettings } from '../local/sweep/quiet-settings.ts'
import { type Benchmark, judged } from './benchmark.ts'
import { rehearsedIn } from './rehearsed.ts'
import { median } from './measure.ts'

const rounds = 5

/** One onboarding of one workload in this process, each on a fresh stage, against a rehearsal with a host of its own. */
export const onStage: Benchmark = {
  name: 'on-stage',
  async run() {
    const file = 'samples/one-workload.json'
    const request = readRequestFile(file)
    const spent: number[] = []
    const opened: number[] = []
    for (let round = 0; round <= rounds; round += 1) {
      const started = performance.now()
      const stage = await openStage({ request, settings: quietSettings, microsoft: quickApproval })
      opened.push(performance.now() - started)
      const { end } = await onboard(stage, request, () => undefined)
      await stage.strike()
      if (end !== 'completed') throw new Error(`The onboarding on the stage ended ${end}.`)
      spent.push(performance.now() - started)
    }
    const rehearsed = await rehearsedIn(file)
    const mine = median(spent.slice(1)) // the first loads the app
    return {
      ...judged(mine / rehearsed, '<=', 0.6),
      unit: 'of the time of a rehearsal',
      against:
        `${String(Math.round(rehearsed))} ms of npm run rehearse with the same request; on the stage ` +
        `${String(Math.round(mine))} ms, of which ${String(Math.round(median(opened.slice(1))))} ms to open it afresh`
    }
  }
}
