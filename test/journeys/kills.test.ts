import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { useBundledApp } from './bundled-app.ts'
import { users } from '../../local/azure/graph/directory.ts'
import { endState, expectSound } from './end-state.ts'
import { keptAzure } from './kept-azure.ts'
import { hostPids, rehearse, reportOf, requestFile, startRehearsal, temporaryFolder } from './rehearsal-process.ts'
import { oneWorkload, threeWorkloads } from './requests.ts'

const long = 400_000
const app = useBundledApp()
const planLine = (lines: readonly string[]) => lines.find((line) => /^ {2}Plan .* digest /.test(line))

test(
  'the host may be killed from outside at any moment',
  async () => {
    const folder = temporaryFolder()
    const request = oneWorkload()
    const kept = join(folder, 'kept')
    const delays = [350, 900, 120, 1_500]
    const started = startRehearsal({
      args: ['--json', '--app', app, '--request', requestFile(folder, request), '--keep', kept],
      onLine: (line) => {
        const [pid] = hostPids([line])
        const delay = pid === undefined ? undefined : delays.shift()
        if (pid !== undefined && delay !== undefined) void sleep(delay).then(() => process.kill(pid, 'SIGKILL'))
      }
    })
    const ended = await started.ended
    expect(hostPids(ended.lines).length).toBeGreaterThanOrEqual(3)
    await expectSound(reportOf(ended), kept, request)
  },
  long
)

test(
  'a rehearsal that was interrupted goes on in the same folder and does nothing twice; another request is refused there',
  async () => {
    const folder = temporaryFolder()
    const request = oneWorkload()
    const kept = join(folder, 'kept')
    mkdirSync(kept)
    const args = ['--json', '--app', app, '--request', requestFile(folder, request), '--keep', kept]
    const first = startRehearsal({
      args,
      onLine: (line) => {
        if (/▸ Microsoft +due /.test(line)) first.interrupt()
      }
    })
    const stopped = await first.ended
    expect([stopped.code, stopped.stdout]).toEqual([130, ''])
    expect(stopped.lines.some((line) => line.includes(`--keep ${kept}`))).toBe(true)

    // Of the same request today's app would make another plan: that of the onboarding is the one that was kept.
    const azure = await keptAzure(kept, request)
    for (const each of users(azure.world).values())
      users(azure.world).set(each.userPrincipalName.toLowerCase(), { ...each, displayName: 'Renamed Meanwhile' })
    await azure.stop()
    const resumed = await rehearse(...args)
    const report = reportOf(resumed)
    expect(planLine(resumed.lines)).toBe(planLine(stopped.lines))
    expect(resumed.lines.some((line) => line.includes('by the plan that was kept there'))).toBe(true)
    await expectSound(report, kept, request)
    expect(report.simulated.start).toMatch(/^2026-11-23T17:00/)

    // A third run finds it done: it prints the same end and touches nothing.
    const again = reportOf(await rehearse(...args))
    expect(endState(again)).toEqual(endState(report))
    expect(again.apiCalls['keyvault']).toEqual(report.apiCalls['keyvault'])

    const other = await rehearse('--request', requestFile(folder, threeWorkloads()), '--keep', kept)
    expect(other.code).toBe(1)
    expect(other.lines.join('\n')).toContain('holds the rehearsal of another request')
  },
  long
)
