import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { insightsConnection } from '../local/azure/insights/service.ts'
import { seedFor, settingsFor } from '../local/azure/seed.ts'
import { bundle, startingCode, type Bundle } from '../local/bundle.ts'
import { readRequestFile } from '../local/rehearsal/request-file.ts'
import { judged, round, type Benchmark } from './benchmark.ts'

/** From the start of the process until all functions are registered, against a bundle that does nothing. */
export const coldStart: Benchmark = {
  name: 'cold-start',
  run: () =>
    withBundles(({ app, empty }) => {
      const [ours, theirs] = starts([app.entry, empty.entry])
      return {
        ...judged(ours.milliseconds / theirs.milliseconds, '<=', 1.3),
        unit: 'times',
        against: besideEmpty(ours, theirs)
      }
    })
}

/**
 * The same without the compile cache, as on a machine that never ran the app. The budget of 1.3 is of a start with it; this
 * one may be a little over.
 */
export const coldestStart: Benchmark = {
  name: 'cold-start-uncached',
  run: () =>
    withBundles(({ app, empty }) => {
      const [ours, theirs] = starts([app.entry, empty.entry], { NODE_DISABLE_COMPILE_CACHE: '1' })
      return {
        ...judged(ours.milliseconds / theirs.milliseconds, '<=', 1.4),
        unit: 'times',
        against: besideEmpty(ours, theirs)
      }
    })
}

/** How much longer the sources need: no bundle, and every SDK client loaded at the start. */
export const unbundledStart: Benchmark = {
  name: 'cold-start-unbundled',
  run: () =>
    withBundles(({ app }) => {
      const [ours, sources] = starts([app.entry, 'bench/every-client.ts'])
      const against = `sources ${round(sources.milliseconds)} ms, bundle ${round(ours.milliseconds)} ms`
      return { ...judged(sources.milliseconds / ours.milliseconds, '>=', 2.5), unit: 'times', against }
    })
}

export const startMemory: Benchmark = {
  name: 'start-memory',
  run: () =>
    withBundles(({ app, empty }) => {
      const [ours, theirs] = starts([app.entry, empty.entry])
      return {
        ...judged(ours.megabytes, '<=', 115),
        unit: 'MB',
        against: `an empty bundle ${round(theirs.megabytes)} MB`
      }
    })
}

/** With the exporter of spans and counts, which is loaded once the functions are registered. */
export const telemetryMemory: Benchmark = {
  name: 'start-memory-telemetry',
  run: () =>
    withBundles(({ app, empty }) => {
      const exporting = { CKEY_TELEMETRY: 'on', APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection }
      const [ours, theirs] = starts([app.entry, empty.entry], exporting)
      return {
        ...judged(ours.megabytes, '<=', 150),
        unit: 'MB',
        against: `an empty bundle ${round(theirs.megabytes)} MB`
      }
    })
}

/** Code only: a source map is read by nobody who does not ask for it. */
export const bundleSize: Benchmark = {
  name: 'bundle-size',
  run: () =>
    withBundles(({ app: { metafile } }) => {
      const size = (files: readonly { bytes: number }[]): number =>
        files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6
      const all = size(
        Object.entries(metafile.outputs)
          .filter(([file]) => file.endsWith('.mjs'))
          .map(([, output]) => output)
      )
      const start = judged(size(startingCode(metafile, 'src/app.ts')), '<=', 1.5)
      const against = `all code ${round(all)} MB, bound <= 5`
      return { ...start, holds: start.holds && all <= 5, unit: 'MB loaded at the start', against }
    })
}

interface Start {
  readonly functions: number
  readonly milliseconds: number
  readonly megabytes: number
}

const besideEmpty = (ours: Start, theirs: Start): string =>
  `${round(ours.milliseconds)} ms with ${ours.functions} functions; a bundle of one empty HTTP function and one empty ` +
  `orchestration ${round(theirs.milliseconds)} ms`

async function withBundles<T>(measure: (bundles: { app: Bundle; empty: Bundle }) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const app = await bundle({ main: 'src/main.ts', into: join(folder, 'app') })
    const empty = await bundle({ main: 'bench/empty-main.ts', into: join(folder, 'empty') })
    return measure({ app, empty })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const ROUNDS = 15

/**
 * The least disturbed of many starts of two entries, one side after the other: nothing can make a start faster than it
 * is, and much can make it slower. The first round warms disk and compile cache and does not count.
 */
function starts(entries: readonly [string, string], environment: Record<string, string> = {}): [Start, Start] {
  const cache = mkdtempSync(join(tmpdir(), 'bench-cache-'))
  try {
    const once = (entry: string): Start => start(entry, { NODE_COMPILE_CACHE: cache, ...environment })
    entries.forEach(once)
    const rounds = Array.from({ length: ROUNDS }, () => entries.map(once))
    const best = (side: number): Start =>
      rounds
        .flatMap((round) => round[side] ?? [])
        .reduce((one, other) => (one.milliseconds < other.milliseconds ? one : other))
    return [best(0), best(1)]
  } finally {
    rmSync(cache, { recursive: true })
  }
}

function start(entry: string, environment: Record<string, string>): Start {
  const settings = settingsFor(seedFor(readRequestFile('samples/one-workload.json')))
  const output = execFileSync(process.execPath, ['bench/registration.mjs', entry], {
    env: { PATH: process.env['PATH'], ...settings, ...environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const started = JSON.parse(output) as Start // the last line of registration.mjs writes it
  if (started.functions === 0) throw new Error(`${entry} registered no function. See what it prints when it starts.`)
  return started
}
