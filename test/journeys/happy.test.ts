import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { protectionOf } from '../../local/azure/storage/worm.ts'
import type { SimulatedAzure } from '../../local/azure/start.ts'
import type { Evidence } from '../../src/domain/terms/evidence.ts'
import { evidenceIn, keptAzure } from './kept-azure.ts'
import { hostPids, rehearse, reportOf, requestFile, story, type Ended, type Report } from './rehearsal-process.ts'
import { threeWorkloads } from './requests.ts'

// Two rehearsals of one request: the first as JSON, the second as a person sees it.
const folder = mkdtempSync(join(tmpdir(), 'ckey-happy-'))
const request = threeWorkloads()
let first: Ended
let second: Ended
let report: Report
let azure: SimulatedAzure
let evidence: ReadonlyMap<string, Evidence>

beforeAll(async () => {
  const file = requestFile(folder, request)
  const kept = join(folder, 'kept')
  ;[first, second] = await Promise.all([
    rehearse('--json', '--request', file, '--keep', kept),
    rehearse('--request', file, '--keep', join(folder, 'other'))
  ])
  report = reportOf(first)
  azure = await keptAzure(kept, request)
  evidence = await evidenceIn(azure, report)
}, 400_000)

afterAll(async () => {
  await azure?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('standard output holds one JSON document and nothing else, and the exit code says that all held', () => {
  expect(first.code).toBe(0)
  expect(first.stdout).toBe(`${JSON.stringify(report, undefined, 2)}\n`)
})

test('progress and the pid of the host are on standard error', () => {
  expect(hostPids(first.lines)).toHaveLength(1)
  expect(first.lines.filter((line) => line.includes('REHEARSAL'))).not.toHaveLength(0)
})

test('the document says how it ended and how long it took', () => {
  expect(report).toMatchObject({ outcome: 'completed', findings: [], wallMs: expect.any(Number) })
  const { start, end, businessDays } = report.simulated
  expect(start).toMatch(/^2026-11-23T17:00/)
  expect(Date.parse(end)).toBeGreaterThan(Date.parse(start) + 6 * 86_400_000)
  expect(businessDays).toBe(4)
  const dates = report.steps.map((step) => step.at)
  expect(dates).toEqual(dates.toSorted())
})

test('every policy has its two vaults by name, each in its own subscription, region and tier', () => {
  const seen = report.vaults.map(({ name, slot, subscriptionId, workload, region, sku }) => [
    name,
    slot,
    subscriptionId,
    workload,
    region,
    sku
  ])
  expect(seen).toEqual([
    ['Fabri-CK-M365-VaultA1', 1, idOf(1), 'multi-workload', 'westeurope', 'premium'],
    ['Fabri-CK-M365-VaultA2', 2, idOf(2), 'multi-workload', 'northeurope', 'premium'],
    ['Fabri-Board-One', 1, idOf(1), 'exchange', 'westeurope', 'premium'],
    ['Fabri-Board-Two', 2, idOf(2), 'exchange', 'northeurope', 'premium'],
    ['Fabri-CK-SP-EUR-VaultA1', 1, idOf(1), 'sharepoint', 'francecentral', 'premium'],
    ['Fabri-CK-SP-EUR-VaultA2', 2, idOf(2), 'sharepoint', 'francesouth', 'premium']
  ])
})

test('every vault has one version of one key at the recovery level Microsoft asks for, and its URI with and without version', () => {
  for (const { name, keyId, keyIdVersionless, keyVersions, recoveryLevel } of report.vaults) {
    expect([name, keyVersions, recoveryLevel]).toEqual([name, 1, 'Recoverable+ProtectedSubscription'])
    expect(keyIdVersionless).toBe(`https://${name.toLowerCase()}.vault.azure.net/keys/${name}-Key001`)
    expect(keyId).toMatch(new RegExp(`^${keyIdVersionless.replaceAll('.', '\\.')}/[0-9a-f]{32}$`))
  }
  expect(new Set(report.vaults.map((vault) => vault.keyId)).size).toBe(6)
})

test('every backup lies in its slot’s store under a locked policy, and its digest is the one handed off', async () => {
  for (const { slot, backup } of report.vaults) {
    const { hostname, pathname } = new URL(backup.url)
    const account = azure.seed.storage.slots[slot - 1]?.name ?? ''
    expect(hostname).toBe(`${account}.blob.core.windows.net`)
    const [, container = '', ...rest] = decodeURIComponent(pathname).split('/')
    const bytes = await azure.readBlob(account, container, rest.join('/'))
    expect(bytes?.length).toBeGreaterThan(0)
    expect(
      createHash('sha256')
        .update(bytes ?? '')
        .digest('hex')
    ).toBe(backup.sha256)
    const protection = protectionOf(`${account}/${container}/${rest.join('/')}`, azure)
    expect(Date.parse(protection?.until ?? '')).toBeGreaterThan(azure.clock.now() + 300 * 86_400_000)
  }
})

test('each alias has one mail with the subject, the request ids, the subscription ids and the registration of both', () => {
  for (const alias of ['exock@microsoft.com', 'spock@microsoft.com', 'm365-ck@service.microsoft.com']) {
    const [mail, ...more] = report.emails.filter((each) => each.to.includes(alias))
    expect([alias, more]).toEqual([alias, []])
    expect(mail).toMatchObject({ to: alias, subject: 'Customer Key for fabrikam.com' })
    for (const id of ['FT-104233', 'FT-104234', 'FT-104235', idOf(1), idOf(2), 'mandatoryRetentionPeriodEnabled'])
      expect(mail?.text).toContain(id)
    expect(mail?.text.match(/Pending/g)).toHaveLength(2)
  }
})

test('nothing of a rehearsal looks like life: every mail and the hand-off are marked', () => {
  expect(report.emails.filter((mail) => !mail.text.startsWith('REHEARSAL'))).toEqual([])
  expect(second.stdout).toContain('REHEARSAL')
})

test('all 47 requirements are there in their order, none open, each with its evidence or the task that answers it', () => {
  expect(report.requirements.map((each) => each.id)).toEqual(
    Array.from({ length: 47 }, (_, index) => `R${String(index + 1)}`)
  )
  expect(report.requirements.filter((each) => each.status === 'not proved')).toEqual([])
  expect(report.requirements.filter((each) => each.evidence.length === 0 && each.task === undefined)).toEqual([])
})

test('every evidence a requirement names is in the stores, held, and was a call that Azure answered', () => {
  const named = report.requirements.flatMap((each) => each.evidence)
  expect(named.filter((id) => !evidence.has(id))).toEqual([])
  expect([...evidence].filter(([, record]) => !record.held)).toEqual([])
  expect([...evidence].filter(([, { call }]) => !azure.journal.has(call.requestId))).toEqual([])
  expect([report.unknownRequestIds, report.wronglyCited, report.untrueRows]).toEqual([[], [], []])
  const told = report.evidence.flatMap(({ requestIds }) => requestIds)
  expect(told).toEqual([...evidence.values()].map(({ call }) => call.requestId))
  expect(evidence.size).toBeGreaterThan(150)
})

test('each identity keeps to its part: no slot touches the other’s vaults, and the app touches none', () => {
  const clients = [azure.seed.identities.app, ...azure.seed.identities.slots].map((each) => each.clientId)
  const vaultHosts = (client: string | undefined): Set<string> =>
    new Set(
      azure.journal
        .entries()
        .filter((entry) => entry.service === 'keyvault' && entry.callerClientId === client)
        .map((entry) => entry.host.split('.')[0] ?? '')
    )
  const hostsOf = (slot: number): string[] =>
    report.vaults
      .filter((vault) => vault.slot === slot)
      .map((vault) => vault.name.toLowerCase())
      .sort()
  expect(clients.map((client) => [...vaultHosts(client)].sort())).toEqual([[], hostsOf(1), hostsOf(2)])
})

test('the calls are counted from the simulator’s journal', () => {
  const { arm, keyvault, email } = report.apiCalls
  expect(arm).toMatchObject({ 'features.register': 2, 'vaults.createOrUpdate': 6 })
  expect(keyvault).toMatchObject({ 'keys.create': 6, 'keys.backup': 6 })
  expect(email?.['emails.send']).toBe(report.emails.length)
  expect(Object.keys(report.apiCalls)).not.toContain('proxy')
})

test('the history stays small: under 1,300 events in the whole tree, none of 16 KB', () => {
  expect(report.history.events).toBeLessThan(1300) // each answer's giver is looked up in the directory
  expect(report.history.largestEventBytes).toBeLessThan(16 * 1024)
})

test('a second rehearsal prints the same lines', () => {
  expect(second.code, second.stdout).toBe(0)
  // Folders are the caller's.
  const plain = (lines: readonly string[]): string[] =>
    story(lines).map((line) => line.replace(/(?<=^ {4}hand-off +)\S+/, '…'))
  expect(plain(second.stdout.trimEnd().split('\n'))).toEqual(plain(first.lines.join('\n').trimEnd().split('\n')))
})

function idOf(slot: 1 | 2): string {
  return request.subscriptions.find((each) => each.slot === slot)?.id ?? ''
}
