import { bareCommits } from './bare-commits.ts'
import { type Benchmark, judged, round } from './benchmark.ts'
import { fanOutOurs, fanOutPeer, type Load, oneByOneOurs } from './fan-out.ts'
import { interleaved } from './measure.ts'

const many: Load = { runs: 500, activities: 10 }
const wide: Load = { runs: 1, activities: 1000 }
const single: Load = { runs: 600, activities: 10 }
/** Not measured: so many turn interpreted code into compiled code, as in a host that has been up for a minute. */
const warmUp: Load = { runs: 4000, activities: 10 }

export const fanOutMany: Benchmark = {
  name: 'fan-out-10-many',
  run: () => againstPeer(many, 1)
}

export const fanOutWide: Benchmark = {
  name: 'fan-out-1000',
  run: () => againstPeer(wide, 20)
}

export const oneAtATime: Benchmark = {
  name: 'one-at-a-time',
  async run() {
    await oneByOneOurs(warmUp)
    const { ours, bare } = await interleaved({
      ours: async () => perSecond(single, await oneByOneOurs(single)),
      bare: () => Promise.resolve(bareCommits())
    })
    return {
      ...judged(ours / bare, '>=', 1 / 6),
      unit: 'orchestrations of 10 activities per bare commit',
      against: `bare one-row commits: ${round(bare)}/s, orchestrations one at a time: ${round(ours)}/s`
    }
  }
}

async function againstPeer(load: Load, factor: number): ReturnType<Benchmark['run']> {
  const { ours, peer } = await interleaved({ ours: () => fanOutOurs(load), peer: () => fanOutPeer(load) })
  const [oursPerSecond, peersPerSecond] = [perSecond(load, ours), perSecond(load, peer)]
  return {
    ...judged(oursPerSecond / peersPerSecond, '>=', factor),
    unit: '× the throughput of @microsoft/durabletask-js',
    against: `in memory: ${round(peersPerSecond)}/s, ours durable on disk: ${round(oursPerSecond)}/s`
  }
}

function perSecond({ runs }: Load, milliseconds: number): number {
  return (runs / milliseconds) * 1000
}
