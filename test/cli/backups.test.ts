import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../cli/program.ts'
import { retentions } from '../../local/azure/arm/features/retention.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { backUp } from '../../src/steps/backups/back-up.ts'
import { permissions } from '../../src/domain/terms/permissions.ts'
import type { VaultPlan } from '../../src/domain/plan/plan.ts'
import { vaultPlan } from '../azure/plans.ts'
import { subscriptionIds, tenantId, useSimulation } from '../azure/simulation.ts'
import { expectToldInGuide } from '../docs/guide.ts'
import { signIn } from './az-login.ts'
import { shellFor } from './shell.ts'

const simulation = useSimulation()
const folder = mkdtempSync(join(tmpdir(), 'ckey-export-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const source = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')
const near = { ...vaultPlan(1, 'Contoso-Restore-Near'), region: 'westus' }
const far = { ...vaultPlan(1, 'Contoso-Restore-Far'), region: 'northeurope' }
const store = () => simulation.config.stores['slot-1']
const now = '2026-11-02T18:00:00.000Z'

beforeAll(async () => {
  const { azure, simulated, config } = simulation
  const slot = azure.slot(1)
  retentions(simulated.world).set(subscriptionIds[1], {
    subscriptionId: subscriptionIds[1],
    approvedAt: simulated.clock.now()
  })
  await slot.providers.register(subscriptionIds[1], 'Microsoft.KeyVault')
  await slot.resourceGroups.ensure(source, 'contoso-1')
  for (const plan of [source, near, far])
    await slot.vaults.create(plan, { tenantId, onboardingId: 'contoso-1', policyId: 'exchange/NA' })
  await simulated.clock.advance(60_000)
  const self = (await azure.app.graph.servicePrincipal(config.identities['slot-1'])).value?.objectId ?? ''
  for (const plan of [source, near, far]) {
    await slot.vaults.grant(plan, {
      tenantId,
      objectId: userId(tenantId, 'alice@contoso.com'),
      keys: [...permissions.administrator]
    })
    await slot.vaults.grant(plan, { tenantId, objectId: self, keys: [...permissions.slotIdentity] })
  }
  await slot.keys.create(source, 2048)
  await slot.keys.create(source, 2048)
  await backUp(slot, source, now)
  signIn(simulated, 'alice@contoso.com')
})

interface Said {
  readonly code: number
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
}

async function ckey(...argv: string[]): Promise<Said> {
  let text = ''
  let json = ''
  const outside = {
    out: (part: string) => {
      json += part
    },
    err: (part: string) => {
      text += part
    },
    env: {},
    now: () => new Date(),
    zone: 'UTC',
    columns: 80,
    live: false,
    signal: new AbortController().signal
  }
  const code = await run([...argv, '--json'], outside)
  return { code, text, json: json === '' ? {} : (JSON.parse(json) as Said['json']) }
}

const exportTo = (slot: '1' | '2', to = folder) =>
  ckey('export-backups', '--slot', slot, '--to', to, '--store', store())

const restore = (to: VaultPlan, backup: string, ...more: string[]) =>
  ckey(
    'restore',
    '--slot',
    '1',
    '--store',
    store(),
    '--backup',
    backup,
    '--vault',
    to.vaultName,
    '--subscription',
    to.subscriptionId,
    '--resource-group',
    to.resourceGroup,
    ...more
  )

const backupName = async (): Promise<string> =>
  (await simulation.azure.slot(1).store.list('backups', '')).value.find((name) => name.endsWith('.keybackup')) ?? ''

describe('ckey export-backups', () => {
  test('writes every backup with its manifest and checksums that sha256sum accepts', async () => {
    const { code, json } = await exportTo('1')
    expect({ code, json }).toMatchObject({ code: 0, json: { slot: 1, backups: 1, newest: now, faults: [] } })
    expect(
      execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' }).trim().split('\n')
    ).toHaveLength(2)
    const manifest = JSON.parse(readFileSync(join(folder, `${await backupName()}.json`), 'utf8')) as object
    expect(manifest).toMatchObject({
      vaultName: source.vaultName,
      keyName: source.keyName,
      at: now,
      recoveryLevel: 'Recoverable+ProtectedSubscription',
      securityWorld: { subscriptionId: subscriptionIds[1], geography: 'United States', region: 'westus2' }
    })
  })

  test('never puts the other slot into the same folder', async () => {
    const { code, text } = await exportTo('2')
    expect({ code, text }).toEqual({ code: 2, text: expect.stringMatching(/holds the backups of slot 1/) })
  })

  test('gives a person of one slot nothing of the other', async () => {
    const other = simulation.config.stores['slot-2']
    const { code, text } = await ckey('export-backups', '--slot', '2', '--to', join(folder, 'two'), '--store', other)
    expect({ code, text }).toEqual({ code: 1, text: expect.stringMatching(/Storage refused/) })
  })
})

describe('ckey restore', () => {
  test('says first whether it could, and changes nothing', async () => {
    const { code, json } = await restore(near, join(folder, await backupName()))
    expect({ code, json }).toMatchObject({ code: 0, json: { restored: false, problems: [], versions: 2 } })
    expect((await simulation.azure.slot(1).keys.names(near.vaultName)).value).toEqual([])
  })

  test('refuses a vault in another geography, and one that has the key', async () => {
    const name = await backupName()
    expect(await restore(far, name, '--restore')).toMatchObject({
      code: 1,
      json: { problems: [expect.stringMatching(/geography Europe/)] }
    })
    expect(await restore(source, name, '--restore')).toMatchObject({
      code: 1,
      json: { problems: [expect.stringMatching(/has a key/)] }
    })
  })

  test('refuses a damaged copy', async () => {
    const name = await backupName()
    const copy = join(folder, 'damaged.keybackup')
    writeFileSync(copy, 'not a backup')
    writeFileSync(`${copy}.json`, readFileSync(join(folder, `${name}.json`)))
    expect(await restore(near, copy, '--restore')).toMatchObject({
      code: 1,
      json: { problems: [expect.stringMatching(/not the one its manifest/)] }
    })
  })

  test('brings all versions back into a vault of the same subscription and geography', async () => {
    const { code, json } = await restore(near, await backupName(), '--restore')
    expect({ code, json }).toMatchObject({ code: 0, json: { restored: true, astray: [] } })
    const { value } = await simulation.azure.slot(1).keys.versions({ ...near, keyName: source.keyName })
    expect(value).toHaveLength(2)
  })
})

test('the operator guide tells an export and the look before a restore as they happen', async () => {
  const told: string[] = []
  const to = join(folder, 'copies')
  const shell = shellFor({
    env: {},
    record: (line, { out, err }) => {
      told.push(...`$ ckey ${line}\n${out}${err}`.replaceAll(`${folder}/`, '').trimEnd().split('\n'))
    }
  })
  await shell.ckey('export-backups', '--slot', '1', '--to', to, '--store', store())
  await shell.ckey(
    'restore',
    '--slot',
    '1',
    '--store',
    store(),
    '--backup',
    join(to, await backupName()),
    '--vault',
    far.vaultName,
    '--subscription',
    far.subscriptionId,
    '--resource-group',
    far.resourceGroup
  )
  mkdirSync('test-output', { recursive: true })
  writeFileSync('test-output/backups-transcript.txt', told.join('\n'))
  expectToldInGuide('backups', told)
})
