import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { closeServer } from '../../../local/azure/core/loopback.ts'
import { setStage, type Stage, type StageOptions } from '../../../local/rehearsal/stage.ts'
import { readRequestFile } from '../../../local/rehearsal/request-file.ts'

let stage: Stage | undefined
afterEach(async () => {
  await stage?.strike()
  stage = undefined
})

test('a host whose settings cannot be used is not started again and again: all faults come at once', async () => {
  const started = setUp({ settings: { CKEY_MAIL_SENDER: 'nobody', CKEY_SLA_BUSINESS_DAYS: 'soon' } })
  await expect(started).rejects.toThrow(/does not start[^]*CKEY_MAIL_SENDER[^]*CKEY_SLA_BUSINESS_DAYS/)
}, 120_000)

test('whoever asks a host that cannot be started again is told why instead of waiting', async () => {
  const { host, api, folder } = await setUp({})
  const file = join(folder, 'host.sqlite')
  for (const side of ['-wal', '-shm']) rmSync(file + side, { force: true })
  writeFileSync(file, 'no state at all, and longer than the head of a database file would be '.repeat(20))
  host.kill()
  await expect(api.get('onboardings')).rejects.toThrow(/does not start[^]*host\.sqlite/)
}, 120_000)

test('a host that ends by itself again and again is given up, with its last words and what to do', async () => {
  const pids: number[] = []
  const { api } = await setUp({
    app: join('test', 'local', 'rehearsal', 'apps', 'ends.ts'),
    onHostPid: (pid) => pids.push(pid)
  })
  await expect(api.get('end')).rejects.toThrow(
    /ended by itself 4 times in a row:[^]*nobody could go on[^]*same command/
  )
  expect(pids).toHaveLength(4)
}, 120_000)

test('a host that was killed comes back, on another port where its own was taken meanwhile', async () => {
  const pids: number[] = []
  const { host, api } = await setUp({ onHostPid: (pid) => pids.push(pid) })
  const port = Number(new URL(await host.ready).port)
  host.kill()
  const squatter = await takeSoon(port)
  expect((await api.get('onboardings')).status).toBe(200)
  expect(pids).toHaveLength(2)
  await closeServer(squatter)
}, 120_000)

/** Listens on a port as soon as it is free, and answers nobody. */
async function takeSoon(port: number): Promise<Server> {
  for (;;) {
    const server = createServer((socket) => void socket.destroy())
    server.listen(port, '127.0.0.1')
    try {
      await once(server, 'listening')
      return server
    } catch {
      await sleep(5) // the killed host has it still
    }
  }
}

async function setUp(options: Partial<StageOptions>): Promise<Stage> {
  stage = await setStage({
    request: readRequestFile('samples/one-workload.json'),
    keep: undefined,
    port: 0,
    microsoft: { approveAfterBusinessDays: 4 },
    clock: { mode: 'skip' },
    onHostPid: () => undefined,
    ...options
  })
  return stage
}
