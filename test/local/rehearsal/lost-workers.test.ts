import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JournalEntry } from '../../../local/azure/core/journal.ts'
import { loseWorkersAtRandom } from '../../../local/rehearsal/crashes.ts'
import { HostProcess } from '../../../local/rehearsal/host-process.ts'

let folder: string
let host: HostProcess
let url: string
const journal = (): string => readFileSync(join(folder, 'journal'), 'utf8')
const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1')

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lost-workers-'))
  host = new HostProcess({
    folder,
    app: 'test/local/host/apps/dying.ts',
    port: 0,
    systemKey: 'key',
    environment: {
      DYING_JOURNAL: join(folder, 'journal'),
      DYING_ASKS: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`
    },
    onListening: (base) => {
      url = base
    },
    onGivenUp: () => undefined
  })
  await host.start()
})
afterEach(async () => {
  await host.stop()
  rmSync(folder, { recursive: true })
})

const begin = (id: string) => fetch(`${url}/api/start/${id}`, { method: 'POST' })
const status = async (id: string): Promise<unknown> =>
  (await fetch(`${url}/runtime/webhooks/durabletask/instances/${id}?code=key`)).json()

test("a rehearsal's host loses its worker in a turn, or in an activity", async () => {
  const lost = host.loseWorker('in a turn', 'one')
  await begin('another')
  await begin('one')
  expect(await lost).toBe('one')
  await expect.poll(() => status('one')).toMatchObject({ runtimeStatus: 'Failed' })
  await begin('two')
  await expect.poll(journal).toContain('began 0')
  expect(await host.loseWorker('now')).toBe('')
  await expect.poll(() => status('two'), { timeout: 5000 }).toMatchObject({ runtimeStatus: 'Completed' })
})

test('workers are lost from the first effect on, after effects and in turns, as a seed chooses', async () => {
  const said: string[] = []
  let applied: ((entry: JournalEntry) => void | Promise<void>) | undefined
  const azure = {
    onApplied: (listener: typeof applied) => {
      applied = listener
    }
  }
  loseWorkersAtRandom({ azure, host, seed: 3, say: (line) => said.push(line) })
  for (let round = 1; said.length < 4; round += 1) {
    // What an effect is, as the simulated Azure's journal says it.
    for (let effect = 0; effect < 10; effect += 1)
      await applied?.({ service: 'keyvault', operation: 'keys.create', method: 'POST' } as JournalEntry)
    // With the third death the host stops itself, and another is started.
    for (const carrier of ['onboarding', 'branch']) await begin(`${carrier}.${String(round)}`).catch(() => sleep(100))
  }
  const kinds = said.map((line) => (/^worker lost in a turn of (onboarding|branch)[.]/.test(line) ? 'turn' : 'effect'))
  expect(new Set(kinds)).toEqual(new Set(['turn', 'effect']))
  expect(said.find((line) => line.includes('after'))).toMatch(
    /^worker lost after keyvault keys.create \(death \d, pid \d+\)$/
  )
}, 30_000)
