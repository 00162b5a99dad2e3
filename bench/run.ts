import type { Benchmark } from './benchmark.ts'
import { calls } from './calls.ts'
import { bundleSize, coldestStart, coldStart, startMemory, telemetryMemory, unbundledStart } from './cold-start.ts'
import { longHistory } from './long-history.ts'
import { sleepersMemory, sleepersStart, sleepersWake } from './sleepers.ts'
import { oldClock } from './old-clock.ts'
import { onStage } from './stage.ts'
import { fanOutMany, fanOutWide, oneAtATime } from './throughput.ts'
import { twoWeeks } from './two-weeks.ts'

const all: readonly Benchmark[] = [
  fanOutMany,
  fanOutWide,
  oneAtATime,
  longHistory,
  sleepersMemory,
  sleepersStart,
  sleepersWake,
  twoWeeks,
  oldClock,
  onStage,
  calls,
  coldStart,
  coldestStart,
  unbundledStart,
  startMemory,
  telemetryMemory,
  bundleSize
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !all.some((one) => one.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}. There are ${all.map(({ name }) => name).join(', ')}; without a name all run.\n`
  )
  process.exit(2)
}

// One line of JSON for each. Exit code 1 when a bound does not hold.
for (const benchmark of all) {
  if (wanted.length > 0 && !wanted.includes(benchmark.name)) continue
  const { value, unit, against, bound, holds } = await benchmark.run()
  process.stdout.write(`${JSON.stringify({ name: benchmark.name, value, unit, against, bound, holds })}\n`)
  if (!holds) process.exitCode = 1
}

process.exit() // a stage leaves the network of its process open
