import { expect, test } from 'vitest'
import { otherResources, subscriptions } from '../../local/azure/arm/resources/records.ts'
import { tenants } from '../../local/azure/graph/directory.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'
import { added, altered } from './spoil.ts'

// What held before Microsoft was asked may hold no longer when Microsoft has answered, a week later. Slow: a whole onboarding.
const long = { timeout: 120_000 }
const alice = 'alice@fabrikam.com'

test(
  'what changes while Microsoft is waited for is found before the hand-off, and completes once it is cured',
  long,
  async () => {
    const played = await play(oneWorkload())
    const {
      stage: { azure },
      plan
    } = played
    const [{ subscriptionId: first }, { subscriptionId: second }] = plan.slots
    const vm = `/subscriptions/${second}/resourceGroups/rg-other/providers/Microsoft.Compute/virtualMachines/vm-1`
    await played.start()
    await played.until(({ step }) => step === 'waiting-on-microsoft')
    const cures = [
      altered(subscriptions, first, (found) => ({ ...found, quotaId: 'FreeTrial_2014-09-01' })),
      altered(subscriptions, second, (found) => ({ ...found, spendingLimit: 'On' as const })),
      altered(tenants, 'tenant', (tenant) => ({ ...tenant, skus: [] })),
      added(otherResources, vm.toLowerCase(), {
        id: vm,
        name: 'vm-1',
        type: 'Microsoft.Compute/virtualMachines',
        location: 'westus2',
        subscriptionId: second,
        // Whoever puts the tag of an onboarding on it does not make it one of its resources.
        tags: { 'customer-key-onboarding': plan.id }
      })
    ].map((spoil) => spoil(azure))

    const { findings, step } = await played.until((view) => view.findings.length > 0)
    expect(step).toBe('verification')
    expect(findings.map(({ code, requirement }) => [requirement, code]).toSorted()).toEqual([
      ['R12', 'foreign-resources-slot-2'],
      ['R2', 'offer-type-slot-1'],
      ['R2', 'spending-limit-slot-2'],
      ['R3', 'licence-tenant']
    ])
    for (const cure of cures) cure()
    expect(await played.answer('retry-licence-tenant', alice, {})).toBe(202)
    const { report, handOff } = await played.end()
    expect([report.outcome, report.findings, handOff?.overrides]).toEqual(['completed', [], []])
    // What is proved was seen after the cure, of both subscriptions.
    expect(handOff?.requirements.find(({ id }) => id === 'R12')).toMatchObject({
      status: 'proved',
      count: { of: 2, seen: 2 },
      between: [handOff?.verifiedSince, expect.any(String)]
    })
    // Each record of evidence names the very call that saw what its check looks at, as Azure's own journal has it.
    expect(report.wronglyCited).toEqual([])
  }
)

test('a breach of Microsoft’s days that nobody could be told of is not proved to have escalated', long, async () => {
  const played = await play(oneWorkload(), { approveAfterBusinessDays: 7 })
  await played.start()
  await played.until(({ step }) => step === 'waiting-on-microsoft')
  const { faults } = played.stage.azure
  faults.add({
    service: 'email',
    operation: 'emails.send',
    kind: 'status',
    status: 403,
    code: 'Denied',
    times: 'always'
  })
  const { report } = await played.end()
  expect(report.outcome).toBe('completed')
  expect(report.requirements.filter(({ status }) => status === 'not proved')).toMatchObject([
    { id: 'R25', missing: expect.stringContaining('no escalation of the breach to Microsoft’s alias for sharepoint') }
  ])
})
