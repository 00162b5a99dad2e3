import { beforeAll, describe, expect, test } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import { vaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { removeSetupRole } from '../../local/azure/setup-roles.ts'
import type { DrillLook } from '../../src/domain/backups/drill.ts'
import { alice, faultsAt, refused, useApp } from '../app/running-app.ts'
import { keptVault, runsOf, type KeptVault } from './kept-vault.ts'

const app = useApp({ CKEY_DRILL_SCHEDULE: '0 0 4 * * *', CKEY_SWEEP_SCHEDULE: '0 0 0 1 1 *' })
const azure = () => app.stage.azure
let kept: KeptVault

beforeAll(async () => {
  kept = await keptVault(app, 'Fabri-Kept-VaultA1', ['Key001'])
}, 120_000)

const findingsOf = (body: unknown) => (body as { findings: { code: string; resource: string }[] }).findings

describe('POST /api/vaults', () => {
  test('lists every fault of a request that cannot be read', async () => {
    const reply = await app.ask('/api/vaults', {
      method: 'POST',
      actor: alice,
      body: { slot: 3, vaultId: '/vaults/x', extra: 1 }
    })
    expect(reply).toMatchObject(
      refused(422, { faults: faultsAt('/slot', '/vaultId', '/tenantId', '/workload', '/extra') })
    )
  })

  test('refuses a vault that nobody tagged, and one that does not keep to the rules, naming each', async () => {
    const all = vaults(azure().world)
    const id = kept.plan.vaultName.toLowerCase()
    const vault = all.get(id)
    if (!vault) throw new Error('there is no vault')
    const { enablePurgeProtection: _, ...properties } = vault.properties
    all.set(id, { ...vault, tags: {}, properties })
    const reply = await kept.adopt()
    all.set(id, vault)
    expect(reply).toMatchObject(refused(409))
    expect(findingsOf(reply.body).map(({ code }) => code)).toEqual(
      expect.arrayContaining(['vault-tagged-fabri-kept-vaulta1', 'vault-purge-protection-fabri-kept-vaulta1'])
    )
  })

  test('refuses a vault that the slot’s identity cannot see', async () => {
    const vaultId = kept.vaultId.replace(/subscriptions\/[^/]+/, 'subscriptions/99999999-0000-4000-8000-000000000000')
    const reply = await kept.adopt({ vaultId })
    expect(reply).toMatchObject(refused(409))
    expect(findingsOf(reply.body)).toHaveLength(1)
  })

  test('takes a vault that holds to the rules, as often as it is asked', async () => {
    expect(await kept.adopt()).toMatchObject({ status: 200, body: { outcome: 'adopted', keys: ['Key001'] } })
    expect(await kept.adopt()).toMatchObject({ status: 200 })
    expect((await kept.backups())['Key001']).toHaveLength(1)
  })

  test('takes a key that has lived, with all its versions', async () => {
    const lived = { ...kept.plan, keyName: 'Lived001' }
    for (let version = 0; version < 2; version++) await kept.makeKey(lived.keyName)
    expect((await kept.own.keys.read(lived)).value?.older).toHaveLength(1)
    expect(await kept.adopt()).toMatchObject({
      status: 200,
      body: { outcome: 'adopted', keys: ['Key001', 'Lived001'] }
    })
    keysOf(azure().world).delete(`${kept.plan.vaultName}/${lived.keyName}`.toLowerCase())
  })
})

describe('a restore drill', () => {
  const drills = async (): Promise<readonly DrillLook[]> => {
    const since = azure().clock.nowIso()
    await azure().clock.advance(86_400_000)
    for (const started = performance.now(); ; ) {
      const [run] = runsOf(app, 'restore-drill')
      const output =
        run?.status === 'Completed' ? (run.output as { startedAt: string; drills: DrillLook[] }) : undefined
      if (output && output.startedAt > since) return output.drills
      if (run?.status === 'Failed' || performance.now() > started + 40_000)
        throw new Error(`No drill since ${since}: ${JSON.stringify(run)}`)
      await sleep(50)
    }
  }

  test('gives back the same key in a dated vault of its own, with evidence, and once per key version', async () => {
    const [drill] = await drills()
    expect(drill).toMatchObject({
      state: 'proved',
      keyName: 'Key001',
      drillVault: expect.stringMatching(/^ck-drill-26112\d-[0-9a-f]{8}$/)
    })
    const { drillVault = '', evidence = '' } = drill as { drillVault?: string; evidence?: string }
    const made = vaults(azure().world).get(drillVault)
    expect(made).toMatchObject({ subscriptionId: kept.plan.subscriptionId, location: kept.plan.region })
    expect(made?.properties.accessPolicies.map(({ permissions }) => permissions.keys)).toEqual([
      ['get', 'list', 'restore']
    ])
    const { value } = await kept.own.store.read({ container: 'evidence', name: evidence })
    expect(JSON.parse(new TextDecoder().decode(value?.bytes))).toMatchObject([
      { requirement: 'R45', check: 'drill-versions', held: true }
    ])
    const restores = () =>
      azure()
        .journal.entries()
        .filter(({ operation }) => operation === 'keys.restore').length
    const before = restores()
    expect(await drills()).toEqual([])
    expect(restores()).toBe(before)
  }, 120_000)

  test('that Azure refuses says so, hinders nothing else, and is made the next time', async () => {
    await kept.makeKey('Key003')
    await kept.adopt() // backs it up
    azure().faults.add({
      service: 'arm',
      operation: 'vaults.createOrUpdate',
      kind: 'status',
      status: 403,
      code: 'AuthorizationFailed',
      times: 'always'
    })
    expect(await drills()).toEqual([
      {
        state: 'refused',
        vaultName: kept.plan.vaultName.toLowerCase(),
        why: expect.stringContaining('403 AuthorizationFailed')
      }
    ])
    const { body } = await app.ask('/api/backups', { actor: alice })
    expect(body).toMatchObject({ drill: { drills: [{ state: 'refused' }] } })
    azure().faults.clear()
    expect(await drills()).toMatchObject([{ state: 'proved', keyName: 'Key003' }])
  }, 120_000)

  test('leaves the identity without any right to restore elsewhere', async () => {
    await expect(kept.own.keys.restore(kept.plan.vaultName, new Uint8Array([1]))).rejects.toMatchObject({
      kind: 'forbidden',
      status: 403
    })
  })

  test('does not prove a key that differs from the original', async () => {
    await kept.makeKey('Key002')
    await kept.adopt() // backs it up
    const keys = keysOf(azure().world)
    const id = `${kept.plan.vaultName}/Key002`.toLowerCase()
    const key = keys.get(id)
    if (key)
      keys.set(id, {
        ...key,
        versions: key.versions.map((version) => ({ ...version, seed: 'another key under the same version id' }))
      })
    expect(await drills()).toMatchObject([{ state: 'failed', keyName: 'Key002' }])
  }, 120_000)

  test('has a doctor that says whether the app may make its vaults, and how to let it', async () => {
    const body = { subscriptions: [{ slot: 1, id: kept.plan.subscriptionId }] }
    const drillsLine = async () => {
      const reply = await app.ask('/api/diagnoses', { method: 'POST', actor: alice, body })
      return (reply.body as { checks: { about: string; state: string; detail: string }[] }).checks.find(
        ({ about }) => about === 'slot-1 drills'
      )
    }
    expect(await drillsLine()).toMatchObject({ state: 'ok' })
    removeSetupRole(azure().world, 1)
    expect(await drillsLine()).toMatchObject({
      state: 'missing',
      detail: expect.stringContaining('infra/slot.bicep with drills=true')
    })
  })
})
