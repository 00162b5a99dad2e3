import { expect, test } from 'vitest'
import { namesHeldElsewhere, vaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import { retentions } from '../../local/azure/arm/features/retention.ts'
import { fabrikam, subscriptionIds } from '../app/requests.ts'
import { alice, bob, fromOffersToApproved, toApproved, useApp, type RunningApp } from '../app/running-app.ts'

const app = useApp()

/** As far as the vaults, by answering what is asked. */
async function toTheVaults(id: string): Promise<void> {
  await toApproved(app, fabrikam({ id }))
}

async function report({ stage }: RunningApp, id: string): Promise<string> {
  const bytes = await stage.azure.readBlob(stage.azure.seed.storage.records.name, 'records', `${id}/cancelled.md`)
  return bytes?.toString() ?? ''
}

test('cancelled before anything is made, it leaves nothing and says so', async () => {
  await app.start(fabrikam({ id: 'early' }))
  await app.until('early', (view) => view.step === 'offers')
  await app.answer('early', 'cancel', alice, { reason: 'we shall begin next year' })
  const { steps, tasks } = await app.until('early', (view) => view.status === 'cancelled')
  expect(steps.at(-1)).toMatchObject({
    title: 'Cancelled',
    detail:
      'stays in Azure: 0 vaults, 0 keys, 0 resource groups, 0 registrations · what people may remove is in early/cancelled.md of the records'
  })
  expect(tasks).toEqual([])
  expect(await report(app, 'early')).toContain('Nothing was made.')
  const read = (format: string) => app.ask(`/api/onboardings/early/hand-off?format=${format}`, { actor: bob })
  expect(await read('md')).toMatchObject({
    status: 200,
    type: 'text/markdown; charset=utf-8',
    text: await report(app, 'early')
  })
  expect(await read('json')).toMatchObject({ status: 404, body: { detail: expect.stringContaining('format md') } })
})

test('cancelled while it makes vaults, every branch hears of it, a busy one too, and the report names what stays', {
  timeout: 180_000
}, async () => {
  const { azure } = app.stage
  await toTheVaults('late')
  // The name is taken only after the look at it; the other branch then waits for its key, or is busy with it.
  const [slot1] = subscriptionIds
  await app.until('late', (view) => view.step === 'waiting-on-microsoft')
  namesHeldElsewhere(azure.world).set('fabri-ck-sp-eur-vaulta2', {})
  retentions(azure.world).set(slot1, {
    ...retentions(azure.world).get(slot1),
    subscriptionId: slot1,
    reachesKeys: false
  })
  azure.faults.add({ service: 'keyvault', kind: 'delay', delayMs: 700, times: 'always' })
  await app.until('late', (view) => view.findings.length > 0 && vaults(azure.world).has('fabri-ck-sp-eur-vaulta1'))
  const made = vaults(azure.world)
    .values()
    .map(({ name }) => name)

  expect((await app.answer('late', 'cancel', bob, { reason: 'the tenant is being merged' })).status).toBe(202)
  const { steps } = await app.until('late', (view) => view.status === 'cancelled')
  azure.faults.clear()
  expect(steps.at(-1)?.detail).toMatch(/^stays in Azure: 1 vault, [01] keys?, 2 resource groups, 2 registrations/)
  const text = await report(app, 'late')
  expect(text).toContain('az keyvault delete --name Fabri-CK-SP-EUR-VaultA1')
  expect(text).not.toContain('Fabri-CK-SP-EUR-VaultA2')
  expect(text).toContain(`Mandatory retention of subscription ${slot1} (Registered)`)
  expect(text).toContain('spock@microsoft.com')
  // The app removed nothing, and nobody of it lives on.
  expect(
    vaults(azure.world)
      .values()
      .map(({ name }) => name)
  ).toEqual(made)
  const { body } = await app.ask('/api/onboardings?status=running', { actor: alice })
  expect(body).toMatchObject({ items: [] })
})

test('what a cancelled onboarding made is taken over by another on an operator’s word, without a second vault or version', {
  timeout: 180_000
}, async () => {
  const { azure } = app.stage
  const vault1 = 'fabri-ck-sp-eur-vaulta1'
  namesHeldElsewhere(azure.world).delete('fabri-ck-sp-eur-vaulta2')
  const [slot1] = subscriptionIds
  retentions(azure.world).set(slot1, {
    ...retentions(azure.world).get(slot1),
    subscriptionId: slot1,
    reachesKeys: true
  })
  const versions = () =>
    keysOf(azure.world)
      .get(`${vault1}/fabri-ck-sp-eur-vaulta1-key001`)
      ?.versions.map(({ version }) => version)
  const before = versions()

  await app.start(fabrikam({ id: 'again' }))
  const { findings } = await app.until('again', (view) => view.findings.length > 0)
  const observed = 'made already where the plan puts it, by onboarding "late"'
  expect(findings).toMatchObject([{ code: `vault-name-free-${vault1}`, observed, overridable: true }])
  await app.answer('again', `override-vault-name-free-${vault1}`, alice, {
    reason: 'late was cancelled, and no policy uses its key'
  })
  await fromOffersToApproved(app, 'again')
  await app.until('again', (view) => view.tasks.some(({ name }) => name === 'attest-offline-1'))

  expect(vaults(azure.world).get(vault1)?.tags).toMatchObject({ 'customer-key-onboarding': 'again' })
  expect(versions()).toHaveLength(1)
  if (before) expect(versions()).toEqual(before)
})
