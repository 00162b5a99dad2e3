import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { retentions } from '../../../../local/azure/arm/features/retention.ts'
import { seedFor, settingsFor } from '../../../../local/azure/seed.ts'
import { startSimulatedAzure, type SimulatedAzure } from '../../../../local/azure/start.ts'
import { readConfig } from '../../../../src/config/read-config.ts'
import { request, subscriptionIds } from '../arm/request.ts'

const seed = seedFor(request)
let stateDir = ''
let azure: SimulatedAzure | undefined
async function start() {
  azure = await startSimulatedAzure({
    stateDir,
    seed,
    clock: { mode: 'skip', startAt: new Date('2026-11-23T17:00:00Z') }
  })
  return azure
}
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'ckey-start-'))
})
afterEach(async () => {
  await azure?.stop()
  azure = undefined
  rmSync(stateDir, { recursive: true, force: true })
})

test('a process that is given the environment alone finds the simulated Azure, and nothing beyond it', async () => {
  const { hostEnvironment, journal } = await start()
  const slot1 = seed.identities.slots[0]?.clientId ?? ''
  const answer = await runClient([slot1, subscriptionIds[0]], hostEnvironment)
  expect(answer).toEqual({ state: 'Pending', outside: 403 })
  expect(journal.counts()).toEqual({
    token: { 'token.get': 1 },
    arm: { 'features.register': 1 },
    proxy: { refused: 1 }
  })
})

test('everything it listens on is on 127.0.0.1', async () => {
  const { hostEnvironment } = await start()
  for (const name of ['HTTPS_PROXY', 'IDENTITY_ENDPOINT', 'CKEY_CLOCK_URL']) {
    expect([name, new URL(hostEnvironment[name] ?? '').hostname]).toEqual([name, '127.0.0.1'])
  }
})

test('a state is taken up where it was left, with its own seed, time and journal', async () => {
  const first = await start()
  await first.clock.advance(3 * 24 * 3_600_000)
  retentions(first.world).set('s', { subscriptionId: 's', requestedAt: 1 })
  const left = first.clock.now()
  await first.stop()
  const otherSeed = seedFor({ ...request, namePrefix: 'Other' })
  const again = await startSimulatedAzure({ stateDir, seed: otherSeed, clock: { mode: 'skip' } })
  azure = again
  expect(again.clock.now() - left).toBeLessThan(60_000)
  expect(retentions(again.world).get('s')?.requestedAt).toBe(1)
  expect(again.seed).toEqual(first.seed)
})

test('the settings of a seed are settings the app accepts', () => {
  const settings = settingsFor(seed)
  expect(readConfig(settings)).toMatchObject({
    identities: { app: seed.identities.app.clientId, 'slot-1': seed.identities.slots[0]?.clientId },
    mail: { endpoint: 'https://ck-contoso.communication.azure.com' },
    banner: 'REHEARSAL'
  })
  expect(settingsFor(seedFor(request))).toEqual(settings)
})

async function runClient(parameters: string[], environment: Readonly<Record<string, string>>): Promise<unknown> {
  const file = fileURLToPath(new URL('./client-process.ts', import.meta.url))
  const child = spawn(process.execPath, [file, ...parameters], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (output === '') throw new Error(complaint)
  return JSON.parse(output)
}
