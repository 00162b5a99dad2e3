import { beforeAll, describe, expect, test } from 'vitest'
import { deletedVaults, vaults as records } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { AzureCallError } from '../../src/azure/errors.ts'
import { vaultPlan } from './plans.ts'
import { subscriptionIds, tenantId, useSimulation } from './simulation.ts'

const simulation = useSimulation()
const vaults = () => simulation.azure.slot(1).vaults
const plan = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')
const owner = { tenantId, onboardingId: 'contoso-1', policyId: 'exchange/NA' }
const somebody = '00000000-0000-4000-8000-00000000abcd'

beforeAll(async () => {
  const slot = simulation.azure.slot(1)
  await slot.providers.register(subscriptionIds[1], 'Microsoft.KeyVault')
  await slot.resourceGroups.ensure(plan, 'contoso-1')
})

describe('vaults', () => {
  test('says that a vault which is not there is not there', async () => {
    const { value, call } = await vaults().read(plan)
    expect(value).toBeUndefined()
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
    expect((await vaults().name(plan, 'contoso-1')).value).toEqual({
      vaultName: plan.vaultName,
      available: true,
      reason: undefined,
      ours: false,
      softDeleted: false,
      heldBy: undefined
    })
  })

  test('starts a creation without waiting for it, with every property explicit', async () => {
    const tags = { 'Cost centre': '4711', 'customer-key-onboarding': 'nobody else’s' }
    const { call } = await vaults().create(plan, { ...owner, tags })
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
    await simulation.simulated.clock.advance(60_000)
    expect((await vaults().read(plan)).value).toEqual({
      name: plan.vaultName,
      subscriptionId: plan.subscriptionId,
      resourceGroup: plan.resourceGroup,
      region: 'westus2',
      sku: 'premium',
      tenantId,
      provisioningState: 'Succeeded',
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enablePurgeProtection: true,
      enableRbacAuthorization: false,
      networkDefaultAction: 'Allow',
      networkBypass: 'AzureServices',
      publicNetworkAccess: 'Enabled',
      tags: { 'Cost centre': '4711', 'customer-key-onboarding': 'contoso-1', 'customer-key-policy': 'exchange/NA' },
      accessPolicies: []
    })
  })

  test('tells its own vault from that of another onboarding', async () => {
    expect((await vaults().name(plan, 'contoso-1')).value).toMatchObject({ available: false, ours: true })
    expect((await vaults().name(plan, 'contoso-2')).value).toMatchObject({ available: false, ours: false })
    const elsewhere = { ...vaultPlan(2, plan.vaultName) }
    expect((await simulation.azure.slot(2).vaults.name(elsewhere, 'contoso-1')).value).toMatchObject({
      available: false,
      reason: 'AlreadyExists',
      ours: false
    })
  })

  test('gives a principal exactly the permissions asked for, and changes nothing the second time', async () => {
    const grant = { tenantId, objectId: somebody, keys: ['get', 'wrapKey', 'unwrapKey'] }
    expect((await vaults().grant(plan, grant)).value).toMatchObject({ changed: true })
    expect((await vaults().grant(plan, grant)).value).toMatchObject({ changed: false })
    expect(await permissionsOf(somebody)).toEqual(['get', 'unwrapkey', 'wrapkey'])
  })

  test('takes permissions away that were not asked for, and leaves other principals alone', async () => {
    const other = somebody.replace('abcd', 'eeee')
    await vaults().grant(plan, { tenantId, objectId: other, keys: ['get', 'delete'] })
    await vaults().grant(plan, { tenantId, objectId: other, keys: ['get'] })
    expect(await permissionsOf(other)).toEqual(['get'])
    expect(await permissionsOf(somebody)).toEqual(['get', 'unwrapkey', 'wrapkey'])
  })

  test('opens the bypass of a closed vault and leaves whom its firewall lets through, though a change replaces it all', async () => {
    const closed = vaultPlan(1, 'Contoso-CK-EX-NA-Closed')
    await vaults().create(closed, owner)
    const id = closed.vaultName.toLowerCase()
    const known = records(simulation.simulated.world).get(id) ?? expect.fail()
    const subnet = `/subscriptions/${subscriptionIds[1]}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s`
    const rules = {
      ipRules: [{ value: '203.0.113.0/24' }],
      virtualNetworkRules: [{ id: subnet, ignoreMissingVnetServiceEndpoint: true }]
    }
    const networkAcls = { defaultAction: 'Deny', bypass: 'None', ...rules }
    records(simulation.simulated.world).set(id, { ...known, properties: { ...known.properties, networkAcls } })
    await vaults().settle(closed, owner)
    expect((await vaults().read(closed)).value).toMatchObject({
      networkBypass: 'AzureServices',
      networkDefaultAction: 'Deny',
      networkRules: rules
    })
  })

  test('tells a name that a vault deleted in another region holds from one that somebody else has', async () => {
    const { world, clock } = simulation.simulated
    const [known] = records(world).values()
    const vault = { ...(known ?? expect.fail()), name: 'Contoso-CK-EX-NA-Gone', location: 'northeurope' }
    deletedVaults(world).set(vault.name.toLowerCase(), { vault, deletedAt: clock.now() })
    const there = { ...vaultPlan(1, vault.name), region: 'northeurope' }
    expect((await vaults().name(there, 'contoso-1')).value).toMatchObject({ available: false, softDeleted: true })
    expect((await vaults().name({ ...there, region: 'westus2' }, 'contoso-1')).value).toMatchObject({
      available: false,
      softDeleted: false,
      deletedIn: 'northeurope'
    })
  })

  test('does not send a creation again when its reply is lost', async () => {
    const lost = vaultPlan(1, 'Contoso-CK-EX-NA-Lost')
    simulation.simulated.faults.add({
      service: 'arm',
      operation: 'vaults.createOrUpdate',
      kind: 'lost-reply',
      times: 1
    })
    const before = creations()
    await expect(vaults().create(lost, owner)).rejects.toMatchObject({ kind: 'unavailable' })
    expect(creations()).toBe(before + 1)
    expect((await vaults().read(lost)).value?.name).toBe(lost.vaultName)
  })

  test('reports a long pause at once instead of sleeping through it', async () => {
    simulation.simulated.faults.add({
      service: 'arm',
      operation: 'vaults.get',
      kind: 'status',
      status: 429,
      code: 'TooManyRequests',
      retryAfterSeconds: 17,
      times: 1
    })
    await expect(vaults().read(plan)).rejects.toMatchObject({ kind: 'throttled', retryAfterSeconds: 17 })
  })

  test('tries a read again by itself when Azure stumbles', async () => {
    simulation.simulated.faults.add({ service: 'arm', operation: 'vaults.get', kind: 'status', status: 503, times: 1 })
    simulation.simulated.faults.add({ service: 'arm', operation: 'vaults.get', kind: 'reset', times: 1 })
    expect((await vaults().read(plan)).value?.name).toBe(plan.vaultName)
  })

  test('cannot reach the other slot', async () => {
    const foreign = vaultPlan(2, 'Contoso-CK-EX-NA-VaultA2')
    const refused = await vaults()
      .create(foreign, owner)
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(AzureCallError)
    expect(refused).toMatchObject({ kind: 'forbidden', code: 'AuthorizationFailed', call: { identity: 'slot-1' } })
    await expect(simulation.azure.slot(1).subscriptions.get(subscriptionIds[2])).rejects.toMatchObject({
      kind: expect.stringMatching(/forbidden|not-found/) as string
    })
  })
})

async function permissionsOf(objectId: string): Promise<string[] | undefined> {
  const { value } = await vaults().read(plan)
  return value?.accessPolicies.find((each) => each.objectId === objectId)?.keys.toSorted()
}

function creations(): number {
  return simulation.simulated.journal.counts()['arm']?.['vaults.createOrUpdate'] ?? 0
}
