import { beforeAll, expect, test } from 'vitest'
import { userId } from '../../local/azure/seed-people.ts'
import { connectAzure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { writeActed } from '../../src/records/acted.ts'
import { addPerson } from '../app/people.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, useApp } from '../app/running-app.ts'
import { shellFor, type Printed } from '../cli/shell.ts'
import { keptVault, sweepOnce, type KeptVault } from './kept-vault.ts'

const app = useApp()
const {
  organization: { tenantId }
} = fabrikam()
let kept: KeptVault

beforeAll(async () => {
  kept = await keptVault(app, 'Fabri-Hand-VaultA1', ['Key001'])
}, 120_000)

async function adopt(as: string, ...more: readonly string[]): Promise<Printed> {
  const shell = shellFor({ env: { CKEY_URL: (await app.stage.host.ready) ?? '', CKEY_AS: as } })
  const vault = ['--slot', '1', '--tenant', tenantId, '--vault-id', kept.vaultId, '--workload', 'sharepoint']
  return shell.ckey('adopt', ...vault, ...more)
}
const people = ['--operator1', alice, '--operator2', bob, '--operator2', 'carol@fabrikam.com']

test('a vault that was set up by hand is proposed from the command line, read by the other slot, and confirmed with the words it was shown', async () => {
  const nobody = await adopt(alice)
  expect([nobody.code, nobody.err]).toEqual([
    1,
    expect.stringContaining('Nobody has said yet who stands for the slots')
  ])
  const store = connectAzure(readConfig(process.env)).app.store
  const dora = 'dora@fabrikam.com'
  addPerson(app.stage.azure.world, dora)
  await writeActed(store, { tenantId, oid: userId(tenantId, dora) }, { slot: 1, at: '2025-11-02T18:00:00.000Z' })
  const crossed = await adopt(alice, ...people, '--operator2', dora)
  expect(crossed.err).toContain(`${dora} has acted for slot 1 of this tenant`)
  const proposed = await adopt(alice, ...people)
  expect(proposed.code, proposed.err).toBe(0)
  expect(proposed.out).toContain('Nothing is changed, and nobody is bound by it.')
  expect(proposed.out).toContain('only Office 365 SharePoint Online may wrap with its keys')
  expect(proposed.out).toContain('whoever comes later is a finding')
  expect(proposed.out).toContain(`for slot 2 of this tenant stand ${bob} and carol@fabrikam.com`)
  const said = /An operator of slot 2 .*: ckey adopt (.* --confirm [0-9a-f]{32})$/m.exec(proposed.out)?.[1] ?? ''
  const managed = async () => (await sweepOnce(app)).vaults
  expect(await managed()).toBe(0)
  const url = (await app.stage.host.ready) ?? ''
  const by = (who: string) => shellFor({ env: { CKEY_URL: url, CKEY_AS: who } }).ckey('adopt', ...said.split(' '))
  expect((await by(alice)).err).toContain('is no operator of slot 2')
  expect((await adopt(bob, ...people)).out).toBe(proposed.out) // what was proposed is what is read
  expect(await by(bob)).toMatchObject({ code: 0, out: expect.stringContaining('Adopted: Fabri-Hand-VaultA1') })
  expect(await managed()).toBe(1)
}, 120_000)

test('what the app does not take is said with all its faults', async () => {
  const shell = shellFor({ env: { CKEY_URL: (await app.stage.host.ready) ?? '', CKEY_AS: alice } })
  const odd = await shell.ckey('adopt', '--slot', '1', '--tenant', 'x', '--vault-id', 'y', '--workload', 'teams')
  expect(odd.code).toBe(2)
  for (const fault of ['tenantId', 'vaultId', 'workload']) expect(odd.err).toContain(fault)
})
