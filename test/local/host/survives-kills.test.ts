import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type HostProcess, startHostProcess } from './host-process.ts'

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'host-')) })
afterEach(() => { rmSync(folder, { recursive: true }) })

const KILLS = 4

test('a chain of activities ends as if nothing had happened however often its host is killed', async () => {
  const journal = join(folder, 'journal')
  let host = await start(journal)
  await fetch(`${host.url}/api/chain/one`, { method: 'POST' })
  for (let kill = 0; kill < KILLS; kill += 1) {
    await sleep(Math.random() * 60)
    expect(await host.end('SIGKILL')).toBe('SIGKILL')
    host = await start(journal)
  }
  const status = await ended(host, 'one')
  expect(status).toMatchObject({ runtimeStatus: 'Completed', output: 12 })
  expect(await host.end('SIGTERM')).toBe(0)

  const ran = readFileSync(journal, 'utf8').trim().split('\n').map(Number)
  expect(new Set(ran)).toEqual(new Set(Array.from({ length: 12 }, (_, step) => step)))
  // A kill repeats at most the one activity whose result was not recorded yet.
  expect(ran.length).toBeLessThanOrEqual(12 + KILLS)
})

test('a second host on a live state file says so and stops, and one on a dead host\'s file runs', async () => {
  const journal = join(folder, 'journal')
  const first = await start(journal)
  await expect(start(journal)).rejects.toThrow('Another host is running on')
  await first.end('SIGKILL')
  const second = await start(journal)
  expect(await second.end('SIGTERM')).toBe(0)
})

test('an app that throws while it loads stops the start with its message', async () => {
  const started = startHostProcess({ app: 'test/local/host/apps/throws.ts', state: join(folder, 'state.db') })
  await expect(started).rejects.toThrow('CKEY_SETTING is missing')
})

function start(journal: string): Promise<HostProcess> {
  return startHostProcess({ app: 'test/local/host/apps/chain.ts', state: join(folder, 'state.db'), env: { CHAIN_JOURNAL: journal } })
}

async function ended(host: HostProcess, id: string): Promise<unknown> {
  for (;;) {
    const response = await fetch(`${host.url}/runtime/webhooks/durabletask/instances/${id}`)
    if (response.status === 200) return response.json()
    await sleep(50)
  }
}
