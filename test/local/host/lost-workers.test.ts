import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type HostProcess, startHostProcess } from './host-process.ts'

let folder: string
let journal: string
let server: Server
let asked = 0

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'host-'))
  journal = join(folder, 'journal')
  asked = 0
  server = createServer((_, response) => {
    asked += 1
    response.end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
})
afterEach(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const start = (): Promise<HostProcess> =>
  startHostProcess({
    app: 'test/local/host/apps/dying.ts',
    state: join(folder, 'state.db'),
    env: {
      DYING_JOURNAL: journal,
      DYING_ASKS: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`
    },
    args: ['--skip-time']
  })

const noted = (line: string): number =>
  readFileSync(journal, 'utf8')
    .split('\n')
    .filter((each) => each === line).length

async function ended(host: HostProcess): Promise<unknown> {
  for (;;) {
    const response = await fetch(`${host.url}/runtime/webhooks/durabletask/instances/one`)
    if (response.status === 200) return response.json()
    await sleep(50)
  }
}

test('the worker of a host in a process of its own dies and another takes its place: it loads the app anew, and the dead one asks nothing more', async () => {
  const host = await start()
  await fetch(`${host.url}/api/start/one`, { method: 'POST' })
  await expect.poll(() => noted('began 0')).toBe(1)
  host.loseWorker()
  expect(await ended(host)).toMatchObject({ runtimeStatus: 'Completed', output: [0, 1] })
  expect([noted('loaded'), noted('began 0'), noted('began 1')]).toEqual([2, 2, 1])
  expect(asked).toBe(2)
  expect(await host.end('SIGTERM')).toBe(0)
})

test('a host whose worker has died three times stops itself, and the next one goes on', async () => {
  const host = await start()
  const gone = host.gone
  await fetch(`${host.url}/api/start/one`, { method: 'POST' })
  for (let death = 1; death <= 3; death += 1) {
    await expect.poll(() => noted('began 0')).toBe(death)
    host.loseWorker()
  }
  expect(await gone).toBe(1)
  const next = await start()
  expect(await ended(next)).toMatchObject({ runtimeStatus: 'Completed', output: [0, 1] })
  expect(await next.end('SIGTERM')).toBe(0)
})
