import { globSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { configureGlobal } from 'fast-check'
import { takeAfterwards, takeTests } from './tests.ts'

// Stryker's mutants of the domain, tried in one process that loads everything once: the domain keeps nothing from one call to the
// next, so a mutant is switched on, the tests that reach it are run, and it is switched off. Stryker's own runner of vitest loads
// all anew for each of them, and takes some twenty times as long.

/** What Stryker's instrumented code reads and counts, where it looks for it. */
interface Instrumented {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number | undefined
  hitLimit?: number | undefined
  mutantCoverage?: unknown
}

interface Asked {
  readonly activeMutant: { readonly id: string }
  readonly testFilter?: readonly string[]
  readonly hitLimit?: number
}

interface LoadedTest {
  readonly id: string
  readonly run: () => Promise<void>
}

const instrumented = ((globalThis as { __stryker__?: Instrumented }).__stryker__ ??= {}) // its name is Stryker's

/** A calendar is kept for the same rules: made anew for each mutant, or a wrong one would outlive its mutant. */
class Forgetting<Key extends WeakKey, Value> {
  static all: Forgetting<WeakKey, unknown>[] = []
  #map = new WeakMap<Key, Value>()
  constructor() {
    Forgetting.all.push(this as unknown as Forgetting<WeakKey, unknown>) // only ever emptied
  }
  get = (key: Key): Value | undefined => this.#map.get(key)
  set = (key: Key, value: Value): WeakMap<Key, Value> => this.#map.set(key, value)
  forget = (): void => void (this.#map = new WeakMap())
}

class InOneProcess {
  #tests: readonly LoadedTest[] = []

  /** Mutants of what runs once are not tried: nothing has to be loaded anew, which Stryker would do by a new process. */
  capabilities = () => ({ reloadEnvironment: true })

  async init(): Promise<void> {
    // The same examples each time: a figure that changes by itself says nothing.
    configureGlobal({ seed: 1, numRuns: examples })
    lookAside()
    this.#tests = await loadTests()
  }

  async dryRun() {
    const tests = []
    const times = new Map<string, number>()
    for (const { id, run } of this.#tests) {
      instrumented.currentTestId = id
      const started = performance.now()
      const failure = await failureOf(run)
      const about = { id, name: id, timeSpentMs: performance.now() - started }
      times.set(id, about.timeSpentMs)
      tests.push(failure === undefined ? { ...about, status: 0 } : { ...about, status: 1, failureMessage: failure })
    }
    instrumented.currentTestId = undefined
    // Most mutants are noticed by the first test or two: the quick ones go first.
    this.#tests = this.#tests.toSorted((one, other) => (times.get(one.id) ?? 0) - (times.get(other.id) ?? 0))
    return { status: 'complete', tests, mutantCoverage: instrumented.mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter = [], hitLimit }: Asked) {
    const asked = new Set(testFilter)
    const tests = this.#tests.filter(({ id }) => asked.has(id))
    for (const each of Forgetting.all) each.forget()
    for (const [index, { id, run }] of tests.entries()) {
      Object.assign(instrumented, { activeMutant: activeMutant.id, hitCount: 0, hitLimit })
      const failure = await failureOf(run)
      const isEndless = hitLimit !== undefined && (instrumented.hitCount ?? 0) > hitLimit
      Object.assign(instrumented, { activeMutant: undefined, hitCount: undefined })
      if (isEndless) return { status: 'timeout' }
      if (failure === undefined) continue
      await mustPass(id, run)
      return { status: 'killed', killedBy: [id], failureMessage: failure, nrOfTests: index + 1 }
    }
    return { status: 'survived', nrOfTests: tests.length }
  }
}

/** Who failed because of what an earlier mutant left behind says nothing of this one: Stryker then asks a new process. */
async function mustPass(id: string, run: () => Promise<void>): Promise<void> {
  for (const each of Forgetting.all) each.forget()
  if ((await failureOf(run)) !== undefined) throw new Error(`An earlier mutant left something behind that fails ${id}.`)
}

async function failureOf(run: () => Promise<void>): Promise<string | undefined> {
  try {
    await run()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function loadTests(): Promise<LoadedTest[]> {
  const all: LoadedTest[] = []
  for (const file of globSync('test/domain/**/*.test.ts').toSorted()) {
    await import(pathToFileURL(resolve(file)).href)
    const afterwards = takeAfterwards()
    all.push(
      ...takeTests().map(({ id, run }) => ({
        id: `${file.slice('test/domain/'.length)}: ${id}`,
        run: async () => {
          try {
            await run()
          } finally {
            for (const each of afterwards) await each()
          }
        }
      }))
    )
  }
  return all
}

const textOf = (source: string | ArrayBuffer | NodeJS.TypedArray): string =>
  typeof source === 'string' ? source : new TextDecoder().decode(source)

/** Of each property: as many as a survivor, which all tests that reach it have tried, lets one wait for. */
const examples = 10

/** What is reached was counted in the first run: counted again for each mutant, it would cost most of the time. */
const countsOnlyAtFirst = 'if (ns.activeMutant !== undefined) return;'

/** Tests find ours where they look for vitest, and the domain forgets. */
function lookAside(): void {
  Object.assign(globalThis, { Forgetting })
  const ours = import.meta.resolve('./tests.ts')
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vitest' && context.parentURL !== ours
        ? { url: ours, shortCircuit: true }
        : next(specifier, context),
    load(url, context, next) {
      const loaded = next(url, context)
      if (!/\/(src|test)\/domain\//.test(url) || loaded.source == null) return loaded
      const source = textOf(loaded.source)
        .replaceAll('new WeakMap', 'new Forgetting')
        .replaceAll(/numRuns: \d+/g, `numRuns: ${String(examples)}`)
      return { ...loaded, source: source.replace('function cover() {', `$& ${countsOnlyAtFirst}`) }
    }
  })
}

/** As Stryker finds it: a value is made once, in the process that tries. */
export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-one-process', factory: () => new InOneProcess() }]
