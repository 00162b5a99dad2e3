import { expect, test } from 'vitest'
import { vaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { tenants } from '../../local/azure/graph/directory.ts'
import { operatorFor } from '../app/people.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'

const long = 400_000
const alice = 'alice@fabrikam.com'
const bob = 'bob@fabrikam.com'

test(
  'what people override is in the hand-off with name and reason, and its requirement is attested, not proved',
  async () => {
    const played = await play(oneWorkload())
    const { world } = played.stage.azure
    const tenant = tenants(world).get('tenant')
    if (!tenant) throw new Error('The seed has no tenant.')
    tenants(world).set('tenant', {
      ...tenant,
      skus: tenant.skus.map((sku) => ({ ...sku, skuPartNumber: 'SPE_NEXT', servicePlans: [] }))
    })
    await played.start()

    const { findings } = await played.until((view) => view.findings.length > 0)
    expect(findings).toMatchObject([{ code: 'licence-tenant', requirement: 'R3', overridable: true }])
    const reason = 'Microsoft confirmed SPE_NEXT in case 4711'
    expect(await played.answer('override-licence-tenant', bob, { reason })).toBe(202)

    const { report, handOff } = await played.end()
    expect([report.outcome, report.findings]).toEqual(['completed', []])
    expect(handOff?.overrides).toMatchObject([{ code: 'licence-tenant', requirement: 'R3', by: bob, reason }])
    expect(report.requirements.find((each) => each.id === 'R3')).toMatchObject({ status: 'attested' })
  },
  long
)

test(
  'a vault that cannot be made stops its own branch alone; once the cause is cured, retry makes it',
  async () => {
    const played = await play(oneWorkload())
    const {
      stage: { azure, api },
      plan
    } = played
    const second = plan.policies[0]?.vaults[1]
    if (!second) throw new Error('The plan has no second vault.')
    await played.start()
    await played.until((view) => view.step === 'waiting-on-microsoft')
    // Between approval and set-up the second subscription falls into arrears: Azure refuses every change in it.
    azure.faults.add({
      service: 'arm',
      operation: 'vaults.createOrUpdate',
      kind: 'status',
      status: 409,
      code: 'ReadOnlyDisabledSubscription',
      times: 'always',
      fits: ({ path }) => path.includes(second.vaultName)
    })
    const { findings, tasks, waitingOn } = await played.until((view) => view.findings.length > 0)
    expect(findings).toMatchObject([{ resource: second.subscriptionId, requirement: 'R7', overridable: false }])
    const retry = tasks.find((task) => task.name.startsWith('retry-'))?.name ?? ''
    expect([waitingOn, retry]).toEqual(['people', `retry-${findings[0]?.code ?? ''}`])
    const { items } = (await api.get('onboardings')).body as { items: { waitingOn: string }[] }
    expect(items).toMatchObject([{ waitingOn: 'people' }])
    const first = plan.policies[0]?.vaults[0].vaultName ?? ''
    await played.until(() => vaults(azure.world).has(first.toLowerCase())) // the other branch goes on at its own pace

    azure.faults.clear()
    expect(await played.answer(retry, operatorFor(retry), {})).toBe(202)
    const { report } = await played.end()
    expect([report.outcome, report.findings, report.vaults.map((vault) => vault.keyVersions)]).toEqual([
      'completed',
      [],
      [1, 1]
    ])
  },
  long
)

test(
  'cancel ends branches too',
  async () => {
    const played = await play(oneWorkload())
    const { azure } = played.stage
    azure.faults.add({
      service: 'arm',
      operation: 'vaults.createOrUpdate',
      kind: 'status',
      status: 403,
      code: 'AuthorizationFailed',
      times: 'always'
    })
    await played.start()
    await played.until((view) => view.findings.length === 2)
    expect(await played.answer('cancel', alice, { reason: 'the tenant was the wrong one' })).toBe(202)
    const { report } = await played.end()
    expect([report.outcome, report.vaults, report.findings, report.tasks]).toEqual(['cancelled', [], [], []])
    expect(report.history.instances).toBeGreaterThan(2)
  },
  long
)
