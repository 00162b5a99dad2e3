import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useBundledApp } from './bundled-app.ts'
import { endState, expectSound } from './end-state.ts'
import { playForReal } from './played.ts'
import { hostPids, rehearse, reportOf, requestFile, temporaryFolder } from './rehearsal-process.ts'
import { oneWorkload } from './requests.ts'

const long = 400_000
/** One is enough here: `.ci/run` rehearses another with each commit. */
const seeds = (process.env['CKEY_TEST_SEEDS'] ?? '20').split(',')
const app = useBundledApp()

test(
  'kills at moments a seed chooses, one inside an activity after its effect, end in the state of a calm run',
  async () => {
    const folder = temporaryFolder()
    const request = oneWorkload()
    const file = requestFile(folder, request)
    const run = (seed: string) =>
      rehearse(
        '--json',
        '--request',
        file,
        '--keep',
        join(folder, seed),
        '--app',
        app,
        '--scenario',
        'crashes',
        '--seed',
        seed
      )
    const calm = rehearse('--json', '--app', app, '--request', file)
    const stormy = await Promise.all(seeds.map(run))
    const expected = endState(reportOf(await calm))
    for (const [index, ended] of stormy.entries()) {
      const report = reportOf(ended)
      const kills = ended.lines.filter((line) => line.includes('host killed'))
      expect(kills.filter((line) => line.includes('inside an activity, after its effect'))).not.toHaveLength(0)
      expect(hostPids(ended.lines)).toHaveLength(kills.length + 1)
      expect(endState(report)).toEqual(expected)
      await expectSound(report, join(folder, seeds[index] ?? ''), request)
    }
  },
  long
)

test(
  'a kill right after each effect that must not happen twice, whose reply the host never hears, changes nothing',
  async () => {
    const request = oneWorkload()
    const folder = temporaryFolder()
    const played = await playForReal(request, { folder, app })
    const effects = new Set([
      'features.register',
      'emails.send',
      'vaults.createOrUpdate',
      'vaults.updateAccessPolicy',
      'keys.create',
      'keys.backup'
    ])
    const killedAfter: string[] = []
    played.stage.azure.onApplied(({ operation }) => {
      if (!effects.delete(operation)) return
      killedAfter.push(operation)
      played.stage.host.kill()
    })
    await played.start()
    const { report } = await played.end()
    expect([killedAfter.length, [...effects]]).toEqual([6, []])
    await expectSound(report, folder, request)
  },
  long
)
