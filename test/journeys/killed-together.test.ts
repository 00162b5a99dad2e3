import { join } from 'node:path'
import { expect, test } from 'vitest'
import { expectNothingMissing, recorded } from './acknowledged.ts'
import { useBundledApp } from './bundled-app.ts'
import { endState, expectSound } from './end-state.ts'
import { keptAzure } from './kept-azure.ts'
import { rehearse, reportOf, requestFile, startRehearsal, temporaryFolder, type Ended } from './rehearsal-process.ts'
import { oneWorkload } from './requests.ts'

const seeds = (process.env['CKEY_TEST_SEEDS'] ?? '7').split(',').map(Number)
const app = useBundledApp()

/** Answers of Azure that an onboarding of one workload hears, about. */
const answersOfOne = 350

test.for(seeds)(
  'rehearsal, stores and host may be killed together, at any moment and once it is done: nothing acknowledged is missing (seed %i)',
  { timeout: 400_000 },
  async (seed) => {
    const folder = temporaryFolder()
    const request = oneWorkload()
    const kept = join(folder, 'kept')
    const { module, heard } = recorded(app, folder)
    const args = ['--json', '--request', requestFile(folder, request), '--keep', kept, '--app', module]

    for (const [index, share] of sharesOf(seed).entries()) {
      const whom = index === 1 ? 'itself' : 'everybody' // then its host must not stay behind
      const killed = await killedAfter(args, { answers: heard().length + Math.ceil(share * answersOfOne), heard, whom })
      expect(['SIGKILL', 0]).toContain(killed.code)
    }
    const done = startRehearsal({ args, onLine: (line) => /^ {2}Done in /.test(line) && done.kill('everybody') })
    await done.ended

    const report = reportOf(await rehearse(...args))
    await expectSound(report, kept, request)
    const azure = await keptAzure(kept, request)
    await expectNothingMissing(azure, heard()).finally(() => azure.stop())
    const calm = reportOf(await rehearse('--json', '--app', app, '--request', requestFile(folder, request)))
    expect(endState(report)).toEqual(endState(calm))
  }
)

interface Kill {
  /** How many answers the app has heard by then. */
  readonly answers: number
  readonly heard: () => readonly unknown[]
  readonly whom: 'everybody' | 'itself'
}

async function killedAfter(args: readonly string[], { answers, heard, whom }: Kill): Promise<Ended> {
  const rehearsal = startRehearsal({ args })
  const looks = setInterval(() => {
    if (heard().length >= answers) rehearsal.kill(whom)
  }, 3)
  try {
    return await rehearsal.ended
  } finally {
    clearInterval(looks)
  }
}

/** Of a whole onboarding, after which it is killed: as the seed says, always the same. */
function sharesOf(seed: number): readonly number[] {
  const part = (of: number): number => ((seed * 7919 + of * 104_729) % 1000) / 1000
  return [1, 2, 3].map((of) => part(of) / 3)
}
