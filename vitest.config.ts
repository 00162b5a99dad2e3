import { defineConfig } from 'vitest/config'

/** Tests that leave nothing behind in their process: they share one, and load each module once. */
const shared = ['conformance', 'contract', 'docs', 'domain', 'infra', 'local/azure', 'orchestrators', 'replay'].map(
  (folder) => `test/${folder}/**/*.test.ts`
)

/**
 * These set a stage, or ask a simulated Azure, a file at a time (local/stage/ground.ts). Most of their work is what they load, so
 * they share a process, too; its environment leads to one Azure at a time. Journeys that start processes of their own, or look at
 * all that one has said, have one each.
 */
const apart = 'canaries|crashes|disk-full|killed-together|kills|scenarios|sealed|worker-crashes'
const staged = [
  'app',
  'azure',
  'cli',
  'config',
  'contracts',
  'local/recount',
  'local/stage',
  'records',
  'steps',
  'triggers',
  'web'
]
  .map((folder) => `test/${folder}/**/*.test.ts`)
  .concat(`test/journeys/!(${apart}).test.ts`)

/**
 * The longest journeys. All of them belong to `npm test`; where LONG_JOURNEYS gives a number (.ci/run: that of the commit), every
 * second one is left to the next commits, and which is said.
 */
const long = [
  'crashes',
  'disk-full',
  'interleaved',
  'killed-together',
  'kills',
  'released-ledgers',
  'takeovers',
  'two-generations',
  'worker-crashes'
]
const seed = process.env['LONG_JOURNEYS']
const later = seed === undefined ? [] : long.filter((_, index) => (index + Number(seed)) % 2 === 1)
if (later.length > 0) process.stderr.write(`LEFT TO OTHER COMMITS: the journeys ${later.join(', ')}.\n`)
const notNow = later.map((name) => `test/journeys/${name}.test.ts`)

export default defineConfig({
  test: {
    pool: 'forks',
    // One more than the smallest machine has cores: a third of the time a test waits for time itself, or for a process.
    maxWorkers: 3,
    reporters: ['default', './test/plain-reporter.ts'],
    projects: [
      { extends: true, test: { name: 'shared', include: shared, isolate: false } },
      { extends: true, test: { name: 'staged', include: staged, exclude: notNow, isolate: false } },
      {
        extends: true,
        test: { name: 'isolated', include: ['test/**/*.test.ts'], exclude: [...shared, ...staged, ...notNow] }
      }
    ],
    setupFiles: process.env['CKEY_MUTED'] === undefined ? [] : ['test/muting/muted.ts'],
    // A machine that is busy for a moment fails no build; what passed the second time only is named at the end (plain-reporter).
    retry: process.env['CKEY_MUTED'] === undefined ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 60_000
  }
})
