import { beforeAll, describe, expect, test } from 'vitest'
import { vaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { users } from '../../local/azure/graph/directory.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { connectAzure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { readActed } from '../../src/records/acted.ts'
import { permissions } from '../../src/domain/terms/permissions.ts'
import { addPerson } from '../app/people.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, refused, useApp } from '../app/running-app.ts'
import { keptVault, sweepOnce, type KeptVault } from './kept-vault.ts'

const app = useApp()
const [dora, mallory] = ['dora@fabrikam.com', 'mallory@fabrikam.com'] as const
const notYours = (detail: string) =>
  refused(403, { type: 'urn:customer-key:problem:not-yours', detail: expect.stringContaining(detail) })
const {
  organization: { tenantId }
} = fabrikam()
let kept: KeptVault

beforeAll(async () => {
  kept = await keptVault(app, 'Fabri-Ruled-VaultA1', ['Key001'])
  for (const name of [dora, mallory]) addPerson(app.stage.azure.world, name)
}, 120_000)

const acted = (upn: string) =>
  readActed(connectAzure(readConfig(process.env)).app.store, { tenantId, oid: userId(tenantId, upn) })

interface Proposed {
  readonly proposal: string
  readonly loosens: readonly string[]
}

const strangersIn = async (): Promise<string[]> =>
  (await sweepOnce(app)).findings.flatMap(({ code }) => (/fabri-ruled-vaulta1$/.test(code) ? [code] : []))

describe('a vault of a tenant that was set up by hand', () => {
  test('is handed over by nobody while it is not known who stands for its slots, nor by who is none of them', async () => {
    expect(await kept.handOver(alice, { people: undefined })).toMatchObject(notYours('Nobody has said yet'))
    expect(await kept.handOver(mallory)).toMatchObject(notYours('is no operator of slot 1'))
    expect(await kept.handOver(bob)).toMatchObject(notYours('No operator of slot 1 has handed it over'))
  })

  test('is the app’s once an operator of its slot and one of the other have said so, and who stands for them is known', async () => {
    const said = await kept.handOver(alice)
    expect(said).toMatchObject({ status: 200, body: { outcome: 'proposed', loosens: [] } })
    const { proposal: confirms } = said.body as Proposed
    expect([await acted(alice), await kept.backups()]).toEqual([undefined, {}]) // one word alone binds nobody
    expect(await kept.handOver(alice, { confirms })).toMatchObject(notYours('is no operator of slot 2'))
    expect(await kept.handOver(bob, { confirms: '0'.repeat(32) })).toMatchObject(notYours('not what was handed over'))
    expect(await kept.handOver(bob)).toMatchObject({ status: 200, body: { outcome: 'proposed', proposal: confirms } })
    const account = users(app.stage.azure.world).get(alice) ?? expect.fail('no Alice')
    users(app.stage.azure.world).set(alice, { ...account, accountEnabled: false })
    expect(await kept.handOver(bob, { confirms })).toMatchObject(notYours('handed it over and may not any more'))
    expect([await acted(alice), await kept.backups()]).toEqual([undefined, {}])
    users(app.stage.azure.world).set(alice, account)
    expect(await kept.handOver(bob, { confirms })).toMatchObject({ status: 200, body: { outcome: 'adopted' } })
    expect([await acted(alice), await acted(bob)]).toEqual([1, undefined])
    expect(await kept.backups()).toEqual({ Key001: [expect.any(String)] })
    const others = [
      { slot: 1, operators: [mallory] },
      { slot: 2, operators: [dora] }
    ]
    expect(await kept.handOver(mallory, { people: others })).toMatchObject(notYours('is known already'))
    expect(await strangersIn()).toEqual([])
  })
})

test('a stranger in its access policy stands as a finding until both slots have said that it is to be so', async () => {
  const { world } = app.stage.azure
  const vault = vaults(world).get('fabri-ruled-vaulta1') ?? expect.fail('no vault')
  const accessPolicies = [
    ...vault.properties.accessPolicies,
    { tenantId, objectId: userId(tenantId, dora), permissions: { keys: [...permissions.administrator] } }
  ]
  vaults(world).set('fabri-ruled-vaulta1', { ...vault, properties: { ...vault.properties, accessPolicies } })
  const found = await strangersIn()
  expect(found.length).toBeGreaterThan(0)
  const change = { people: undefined, administrators: [dora] }
  expect(await kept.handOver(mallory, change)).toMatchObject(notYours('is no operator of slot 1'))
  const said = await kept.handOver(alice, change)
  expect(said.status, said.text).toBe(200)
  const { proposal: confirms, loosens } = said.body as Proposed
  expect(loosens.join()).toContain(found[0])
  expect(await strangersIn()).toEqual(found)
  expect(await kept.handOver(bob, { ...change, confirms })).toMatchObject({ status: 200, body: { outcome: 'adopted' } })
  expect(await strangersIn()).toEqual([])
})

test('what both have taken back is let in again by two words, and not by an old one of the other’s', async () => {
  const loose = { people: undefined, administrators: [dora] }
  const tight = { people: undefined, administrators: [alice] }
  const changed = async (change: object): Promise<string> => {
    const { proposal: confirms } = (await kept.handOver(alice, change)).body as Proposed
    expect(await kept.handOver(bob, { ...change, confirms })).toMatchObject({ body: { outcome: 'adopted' } })
    return confirms
  }
  const { world } = app.stage.azure
  const vault = vaults(world).get('fabri-ruled-vaulta1') ?? expect.fail('no vault')
  const setPolicies = (holder: string) =>
    vaults(world).set('fabri-ruled-vaulta1', {
      ...vault,
      properties: {
        ...vault.properties,
        accessPolicies: [
          ...vault.properties.accessPolicies.filter(({ objectId }) => objectId !== userId(tenantId, dora)),
          { tenantId, objectId: userId(tenantId, holder), permissions: { keys: [...permissions.administrator] } }
        ]
      }
    })
  setPolicies(alice)
  await changed(tight)
  setPolicies(dora)
  const confirms = await changed(loose)
  setPolicies(alice)
  await changed(tight)
  setPolicies(dora)
  expect((await strangersIn()).length).toBeGreaterThan(0)
  expect(await kept.handOver(bob, { ...loose, confirms })).toMatchObject(notYours('not what was handed over'))
  expect((await strangersIn()).length).toBeGreaterThan(0)
})

test('one whose keys Azure RBAC guards all at once is a finding, and handing it over does not end it', async () => {
  const { world } = app.stage.azure
  const vault = vaults(world).get('fabri-ruled-vaulta1') ?? expect.fail('no vault')
  vaults(world).set('fabri-ruled-vaulta1', {
    ...vault,
    properties: { ...vault.properties, enableRbacAuthorization: true }
  })
  const stands = 'vault-authorization-fabri-ruled-vaulta1'
  expect(await strangersIn()).toContain(stands)
  // Its slot may read no key of it any more, so that handing it over anew is no way to make that the rule.
  expect(await kept.handOver(alice)).toMatchObject({ status: 409, body: { findings: [{ check: 'vault-reachable' }] } })
  expect(await strangersIn()).toContain(stands)
  vaults(world).set('fabri-ruled-vaulta1', vault)
})
