import { beforeAll, describe, expect, test } from 'vitest'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import { vaultPlan } from './plans.ts'
import { subscriptionIds, tenantId, useSimulation } from './simulation.ts'

const simulation = useSimulation()
const keys = () => simulation.azure.slot(1).keys
const plan = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')
const slotPermissions = ['get', 'list', 'create', 'update', 'backup', 'getrotationpolicy']

beforeAll(async () => {
  const slot = simulation.azure.slot(1)
  await slot.providers.register(subscriptionIds[1], 'Microsoft.KeyVault')
  await slot.resourceGroups.ensure(plan, 'contoso-1')
  await slot.vaults.create(plan, { tenantId, onboardingId: 'contoso-1', policyId: 'exchange/NA' })
  await simulation.simulated.clock.advance(60_000)
  const self = await simulation.azure.app.graph.servicePrincipal(simulation.config.identities['slot-1'])
  const objectId = self.value?.objectId ?? ''
  await slot.vaults.grant(plan, { tenantId, objectId, keys: slotPermissions })
})

describe('keys', () => {
  test('says that a key which is not there is not there', async () => {
    const { value, call } = await keys().read(plan)
    expect(value).toBeUndefined()
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })

  test('creates one RSA key in the HSM that can wrap and unwrap only', async () => {
    const { value: id, call } = await keys().create(plan, 3072)
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
    const seen = await keys().read(plan)
    expect(seen.call.operation).toBe('GET key')
    expect(simulation.simulated.journal.has(seen.call.requestId)).toBe(true)
    expect(seen.value).toMatchObject({
      id,
      name: plan.keyName,
      keyType: 'RSA-HSM',
      hsmPlatform: '2',
      keySize: 3072,
      keyOps: ['wrapKey', 'unwrapKey'],
      enabled: true,
      expiresOn: undefined,
      notBefore: undefined,
      recoveryLevel: 'Recoverable',
      recoverableDays: 90,
      older: [],
      rotationExpiry: undefined
    })
    expect(id).toBe(`https://contoso-ck-ex-na-vaulta1.vault.azure.net/keys/${plan.keyName}/${seen.value?.version}`)
  })

  test('sets the expiry of a version', async () => {
    const version = (await keys().read(plan)).value?.version ?? ''
    await keys().setExpiry({ ...plan, version }, new Date('9999-12-31T00:00:00Z'))
    expect((await keys().read(plan)).value?.expiresOn).toBe('9999-12-31T00:00:00.000Z')
  })

  test('backs a key up as bytes that show nothing', async () => {
    const { value, call } = await keys().backup(plan)
    expect(value.byteLength).toBeGreaterThan(100)
    expect(Buffer.from(value).toString('latin1')).not.toContain(plan.keyName)
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })

  test('never sends a creation twice, so a lost reply leaves one version', async () => {
    const lost = { ...plan, keyName: 'Lost-Key001' }
    simulation.simulated.faults.add({ service: 'keyvault', operation: 'keys.create', kind: 'lost-reply', times: 1 })
    await expect(keys().create(lost, 2048)).rejects.toMatchObject({ kind: 'unavailable' })
    expect((await keys().read(lost)).value?.older).toEqual([])
  })

  test('counts every version a key has', async () => {
    const twice = { ...plan, keyName: 'Twice-Key001' }
    await keys().create(twice, 2048)
    await keys().create(twice, 2048)
    expect((await keys().read(twice)).value?.older).toHaveLength(1)
  })

  test('shows a rotation policy it may not read as unreadable, never as absent', async () => {
    const slot = simulation.azure.slot(1)
    const self = await simulation.azure.app.graph.servicePrincipal(simulation.config.identities['slot-1'])
    const objectId = self.value?.objectId ?? ''
    await slot.vaults.grant(plan, { tenantId, objectId, keys: ['get', 'list'] })
    expect((await keys().read(plan)).value?.rotationExpiry).toBe('unreadable')
    await slot.vaults.grant(plan, { tenantId, objectId, keys: slotPermissions })
  })

  // Azure takes a policy that rotates without an expiry: https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation
  test('tells a rotation policy that makes new versions from one that only notifies', async () => {
    const id = `${plan.vaultName}/${plan.keyName}`.toLowerCase()
    const stored = keysOf(simulation.simulated.world).get(id)
    if (!stored) throw new Error('There is no key.')
    const notify = { trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'Notify' } }
    const rotate = { trigger: { timeAfterCreate: 'P1Y' }, action: { type: 'Rotate' } }
    const seen = async (...lifetimeActions: object[]) => {
      keysOf(simulation.simulated.world).set(id, { ...stored, rotationPolicy: { lifetimeActions } })
      return (await keys().read(plan)).value?.rotations
    }
    expect(await seen()).toEqual([])
    expect(await seen(notify)).toEqual([])
    expect(await seen(notify, rotate)).toEqual(['Rotate P1Y after creation'])
    expect(await seen({ ...rotate, trigger: { timeBeforeExpiry: 'P7D' } })).toEqual(['Rotate P7D before expiry'])
    keysOf(simulation.simulated.world).set(id, stored)
  })

  test('treats a vault without a host name as passing', async () => {
    await expect(keys().read(vaultPlan(1, 'Contoso-CK-EX-NA-Nowhere'))).rejects.toMatchObject({ kind: 'unavailable' })
  })

  test('cannot reach the other slot', async () => {
    await expect(simulation.azure.slot(2).keys.read(plan)).rejects.toMatchObject({
      kind: 'forbidden',
      status: 403,
      call: { identity: 'slot-2' }
    })
  })
})
