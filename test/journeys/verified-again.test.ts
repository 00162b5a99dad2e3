import { expect, test } from 'vitest'
import { otherResources, subscriptions } from '../../local/azure/arm/resources/records.ts'
import { tenants } from '../../local/azure/graph/directory.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'
import { added, altered } from './spoil.ts'

// What held before Microsoft was asked may hold no longer when Microsoft has answered, a week later. Slow: a whole onboarding.
const long = { timeout: 120_000 }
const alice = 'alice@fabrikam.com'

/** One onboarding that is still to be started, with its subscriptions. */
async function oneToPlay() {
  const played = await play(oneWorkload())
  const { plan, stage } = played
  const [first, second] = plan.slots
  return { played, plan, azure: stage.azure, first: first.subscriptionId, second: second.subscriptionId }
}

/** A virtual machine, which nothing of Customer Key is. */
function machine(subscriptionId: string, name: string, tags: Readonly<Record<string, string>> = {}) {
  const type = 'Microsoft.Compute/virtualMachines'
  const id = `/subscriptions/${subscriptionId}/resourceGroups/rg-other/providers/${type}/${name}`
  return added(otherResources, id.toLowerCase(), { id, name, type, location: 'westus2', subscriptionId, tags })
}

test(
  'what changes while Microsoft is waited for is found before the hand-off, and completes once it is cured',
  long,
  async () => {
    const { played, plan, azure, first, second } = await oneToPlay()
    await played.start()
    await played.until(({ step }) => step === 'waiting-on-microsoft')
    const cures = [
      altered(subscriptions, first, (found) => ({ ...found, quotaId: 'FreeTrial_2014-09-01' })),
      altered(subscriptions, second, (found) => ({ ...found, spendingLimit: 'On' as const })),
      altered(tenants, 'tenant', (tenant) => ({ ...tenant, skus: [] })),
      // Whoever puts the tag of an onboarding on it does not make it one of its resources.
      machine(second, 'vm-1', { 'customer-key-onboarding': plan.id })
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
    const row = handOff?.requirements.find(({ id }) => id === 'R12')
    expect(row).toMatchObject({ status: 'proved', count: { of: 2, seen: 2 } })
    expect(row?.between?.map((moment) => moment >= (handOff?.verifiedSince ?? '9'))).toEqual([true, true])
    // Each record of evidence names the very call that saw what its check looks at, as Azure's own journal has it.
    expect([report.wronglyCited, report.untrueRows]).toEqual([[], []])
  }
)

test('what was verified days ago is verified again before it is handed off', long, async () => {
  const { played, azure, first } = await oneToPlay()
  const undo = azure.faults.add({
    service: 'storage',
    kind: 'status',
    status: 403,
    code: 'AuthorizationFailure',
    times: 'always',
    fits: ({ method, path }) => method === 'PUT' && path.endsWith('/hand-off.json') && !path.includes('/ledger/')
  })
  await played.start()
  const { findings } = await played.until((view) => view.step === 'hand-off' && view.findings.length > 0)
  await azure.clock.advance(5 * 24 * 3_600_000)
  const cure = altered(subscriptions, first, (found) => ({ ...found, state: 'PastDue' as const }))(azure)
  const goes = machine(first, 'vm-1')(azure)
  undo()
  expect(await played.answer(`retry-${findings[0]?.code ?? ''}`, alice, {})).toBe(202)
  const again = await played.until((view) => view.findings.some(({ requirement }) => requirement === 'R7'))
  expect(again.findings.map(({ code }) => code).toSorted()).toEqual([
    'foreign-resources-slot-1',
    'subscription-enabled-slot-1'
  ])
  cure()
  goes()
  expect(await played.answer('retry-subscription-enabled-slot-1', alice, {})).toBe(202)
  const { handOff, report } = await played.end()
  expect(report.outcome).toBe('completed')
  expect(Date.parse(handOff?.writtenAt ?? '') - Date.parse(handOff?.verifiedSince ?? '')).toBeLessThan(900_000)
})

test('an override covers what was seen when it was said, and nothing that comes later', long, async () => {
  const { played, azure, first } = await oneToPlay()
  const known = machine(first, 'known')(azure)
  await played.start()
  await played.until(({ findings }) => findings.some(({ code }) => code === 'foreign-resources-slot-1'))
  expect(await played.answer('override-foreign-resources-slot-1', alice, { reason: 'The jump host of slot 1' })).toBe(
    202
  )
  await played.until(({ step }) => step === 'waiting-on-microsoft')
  const evil = machine(first, 'evil')(azure)
  const { findings } = await played.until((view) => view.step === 'verification' && view.findings.length > 0)
  expect(findings).toMatchObject([{ code: 'foreign-resources-slot-1', observed: expect.stringContaining('evil') }])
  evil()
  expect(await played.answer('retry-foreign-resources-slot-1', alice, {})).toBe(202)
  const { handOff } = await played.end()
  expect(handOff?.requirements.find(({ id }) => id === 'R12')).toMatchObject({ status: 'proved · attested' })
  known()
})

test(
  'an escalation that was refused is not proved, whoever takes over and whatever is sent after it',
  long,
  async () => {
    const played = await play(oneWorkload(), { approveAfterBusinessDays: 10 })
    const { stage } = played
    const takenOver: string[] = []
    await played.start()
    await played.until(({ step }) => step === 'waiting-on-microsoft')
    const { faults } = played.stage.azure
    const heard = faults.add({
      service: 'email',
      operation: 'emails.send',
      kind: 'status',
      status: 403,
      code: 'Denied',
      times: 'always'
    })
    stage.cuts.meanwhile(
      ({ name, nth }) => name.startsWith('begins mail-escalation (') && nth === 2,
      async () => {
        heard()
        takenOver.push(...stage.hub.ids('onboarding.'))
        await stage.hub.fail(takenOver.at(-1) ?? '')
      }
    )
    const { report } = await played.end()
    expect(report.outcome).toBe('completed')
    expect(report.requirements.filter(({ status }) => status === 'not proved')).toMatchObject([
      {
        id: 'R25',
        missing: 'escalation 1 of the breach to Microsoft’s alias for sharepoint is not known to have gone out'
      }
    ])
    expect(takenOver).toHaveLength(1)
  }
)
