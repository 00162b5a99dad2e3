import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { endState, expectSound } from './end-state.ts'
import { play } from './played.ts'
import { hostPids, rehearse, reportOf, requestFile, startRehearsal, temporaryFolder } from './rehearsal-process.ts'
import { oneWorkload, threeWorkloads } from './requests.ts'

const long = 400_000
const seeds = ['3', '20']

test('kills at moments a seed chooses, one inside an activity after its effect, end in the state of a calm run', async () => {
  const folder = temporaryFolder()
  const request = oneWorkload()
  const file = requestFile(folder, request)
  const run = (seed: string) =>
    rehearse('--json', '--request', file, '--keep', join(folder, seed), '--scenario', 'crashes', '--seed', seed)
  const calm = rehearse('--json', '--request', file)
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
}, long)

test('a kill right after each effect that must not happen twice, whose reply the host never hears, changes nothing', async () => {
  const request = oneWorkload()
  const folder = temporaryFolder()
  const played = await play(request, folder)
  const effects = new Set(['features.register', 'emails.send', 'vaults.createOrUpdate', 'vaults.updateAccessPolicy', 'keys.create', 'keys.backup'])
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
}, long)

test('the host may be killed from outside at any moment', async () => {
  const folder = temporaryFolder()
  const request = oneWorkload()
  const kept = join(folder, 'kept')
  const delays = [350, 900, 120, 1_500]
  const started = startRehearsal({
    args: ['--json', '--request', requestFile(folder, request), '--keep', kept],
    onLine: (line) => {
      const [pid] = hostPids([line])
      const delay = pid === undefined ? undefined : delays.shift()
      if (pid !== undefined && delay !== undefined) void sleep(delay).then(() => process.kill(pid, 'SIGKILL'))
    }
  })
  const ended = await started.ended
  expect(hostPids(ended.lines).length).toBeGreaterThanOrEqual(3)
  await expectSound(reportOf(ended), kept, request)
}, long)

test('a rehearsal that was interrupted goes on in the same folder, and does nothing twice', async () => {
  const folder = temporaryFolder()
  const request = oneWorkload()
  const kept = join(folder, 'kept')
  mkdirSync(kept)
  const args = ['--json', '--request', requestFile(folder, request), '--keep', kept]
  const first = startRehearsal({ args, onLine: (line) => { if (line.includes('waiting, due')) first.interrupt() } })
  const stopped = await first.ended
  expect([stopped.code, stopped.stdout]).toEqual([130, ''])
  expect(stopped.lines.some((line) => line.includes(`--keep ${kept}`))).toBe(true)

  const resumed = await rehearse(...args)
  const report = reportOf(resumed)
  await expectSound(report, kept, request)
  expect(report.simulated.start).toMatch(/^2026-11-23T17:00/)

  // A third run finds it done: it prints the same end and touches nothing.
  const again = reportOf(await rehearse(...args))
  expect(endState(again)).toEqual(endState(report))
  expect(again.apiCalls['keyvault']).toEqual(report.apiCalls['keyvault'])
}, long)

test('a folder of another request is refused', async () => {
  const folder = temporaryFolder()
  const kept = join(folder, 'kept')
  const file = requestFile(folder, oneWorkload())
  const started = startRehearsal({ args: ['--request', file, '--keep', kept], onLine: (line) => { if (hostPids([line]).length > 0) started.interrupt() } })
  await started.ended
  const { code, lines } = await rehearse('--request', requestFile(folder, threeWorkloads()), '--keep', kept)
  expect(code).toBe(1)
  expect(lines.join('\n')).toContain('holds the rehearsal of another request')
}, long)
