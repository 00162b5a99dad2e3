import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useBundledApp } from './bundled-app.ts'
import { endState, expectSound } from './end-state.ts'
import { rehearse, reportOf, requestFile, temporaryFolder } from './rehearsal-process.ts'
import { oneWorkload } from './requests.ts'

const long = 400_000
const seed = process.env['CKEY_TEST_SEEDS']?.split(',')[0] ?? '2'
const app = useBundledApp()

test(
  'workers that are lost alone, in turns of the onboarding and of its branches, end in the state of a calm run: who died is taken over',
  async () => {
    const folder = temporaryFolder()
    const request = oneWorkload()
    const common = ['--json', '--request', requestFile(folder, request), '--app', app]
    const calm = rehearse(...common)
    const kept = join(folder, 'stormy')
    const stormy = await rehearse(...common, '--keep', kept, '--scenario', 'worker-crashes', '--seed', seed)
    const lost = stormy.lines.filter((line) => line.includes('worker lost'))
    expect(lost.filter((line) => line.includes('in a turn of onboarding.'))).not.toHaveLength(0)
    const report = reportOf(stormy)
    expect(endState(report)).toEqual(endState(reportOf(await calm)))
    await expectSound(report, kept, request)
  },
  long
)
