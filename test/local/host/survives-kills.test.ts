import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type HostProcess, startHostProcess } from './host-process.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const KILLS = 4
// Six starts of a host, on a machine that may be busy.
const PATIENCE_MS = 90_000

test(
  'a chain of activities ends as if nothing had happened however often its host is killed',
  async () => {
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
  },
  PATIENCE_MS
)

test(
  'children, timers and events end as if nothing had happened however often their host is killed',
  async () => {
    const journal = join(folder, 'journal')
    const family = (): Promise<HostProcess> => start(journal, 'family', ['--skip-time'])
    let host = await family()
    expect((await fetch(`${host.url}/api/start/one`, { method: 'POST' })).status).toBe(200)
    const approved = await fetch(`${host.url}/runtime/webhooks/durabletask/instances/one/raiseEvent/approve`, {
      method: 'POST',
      body: '"yes"',
      headers: { 'content-type': 'application/json' }
    })
    expect(approved.status).toBe(202)
    for (let kill = 0; kill < KILLS; kill += 1) {
      await sleep(Math.random() * 25)
      await host.end('SIGKILL')
      host = await family()
    }
    const days = (name: string): string[] => [1, 2, 3].map((day) => `${name}-${day}`)
    expect(await ended(host, 'one')).toMatchObject({
      runtimeStatus: 'Completed',
      output: { done: [days('a'), days('b'), days('c')], approval: 'yes' }
    })
    await host.end('SIGTERM')
    const ran = readFileSync(journal, 'utf8').trim().split('\n')
    expect(new Set(ran)).toEqual(new Set(['a', 'b', 'c'].flatMap(days)))
    expect(ran.length).toBeLessThanOrEqual(9 + 3 * KILLS)
  },
  PATIENCE_MS
)

test("a second host on a live state file says so and stops, and one on a dead host's file runs", async () => {
  const journal = join(folder, 'journal')
  const first = await start(journal)
  await expect(start(journal)).rejects.toThrow('Another host is running on')
  await first.end('SIGKILL')
  const second = await start(journal)
  expect(await second.end('SIGTERM')).toBe(0)
})

test('a state file that is damaged, or is no database, stops the start and stays as it is', async () => {
  const state = join(folder, 'state.db')
  writeFileSync(state, "not a database, but somebody's notes".repeat(100))
  await expect(start(join(folder, 'journal'))).rejects.toThrow(/state file .* cannot be used/)
  expect(readFileSync(state, 'utf8')).toContain("somebody's notes")
})

test('an app that throws while it loads stops the start with its message', async () => {
  const started = startHostProcess({ app: 'test/local/host/apps/throws.ts', state: join(folder, 'state.db') })
  await expect(started).rejects.toThrow('CKEY_SETTING is missing')
})

function start(journal: string, app = 'chain', args: readonly string[] = []): Promise<HostProcess> {
  return startHostProcess({
    app: `test/local/host/apps/${app}.ts`,
    state: join(folder, 'state.db'),
    env: { CHAIN_JOURNAL: journal },
    args
  })
}

async function ended(host: HostProcess, id: string): Promise<unknown> {
  for (;;) {
    const response = await fetch(`${host.url}/runtime/webhooks/durabletask/instances/${id}`)
    if (response.status === 200) return response.json()
    await sleep(50)
  }
}
