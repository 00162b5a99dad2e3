import { describe, expect, test } from 'vitest'
import { keepDeliveryReport } from '../../../src/records/delivery-report.ts'
import { writeSentMail } from '../../../src/records/sent-mail.ts'
import { cameBack } from '../../../src/steps/mails/came-back.ts'
import { covers, type Finding } from '../../../src/domain/terms/evidence.ts'
import { vaultIdOf } from '../../../src/domain/terms/vault-id.ts'
import { undelivered } from '../../../src/steps/mails/undelivered.ts'
import { handOff } from '../../../src/domain/hand-off/hand-off.ts'
import { draftPlan } from '../../../src/domain/plan/build-plan.ts'
import { writeHandOffJson } from '../../../src/records/hand-off.ts'
import { keepPlan } from '../../../src/records/plan.ts'
import { promisesBroken } from '../../../src/steps/backups/promises-broken.ts'
import { createPlanShelf } from '../../../src/steps/plans/plan-shelf.ts'
import { inspectTenant } from '../../../src/steps/preflight/inspect-tenant.ts'
import { requestFor, useSimulation } from '../../azure/simulation.ts'
import { planOf } from '../../domain/examples.ts'
import { finished } from '../../domain/finished.ts'
import { memoryStore } from '../../records/memory-store.ts'

const onboarding = 'one'
const alias = 'spock@microsoft.com'
const [first, again] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as const
async function sent(...ids: readonly string[]) {
  const store = memoryStore()
  for (const operationId of ids) {
    const mail = { kind: 'alias-sharepoint', operationId, to: [alias], sentAt: '2026-11-23T17:00:00Z' }
    await writeSentMail(store, { ...mail, onboarding }, mail)
  }
  return store
}
const report = (operationId: string, change: object = {}) => ({
  operationId,
  recipient: alias,
  status: 'Bounced',
  why: '',
  ...change
})

test('a mail that came back is a finding until one that was sent once more did not', async () => {
  const store = await sent(first)
  expect(await cameBack(store, onboarding)).toEqual([])
  await keepDeliveryReport(store, report(first))
  expect(await cameBack(store, onboarding)).toMatchObject([{ requirement: 'R22', resource: alias, overridable: true }])
  expect(await cameBack(store, 'another')).toEqual([])

  const twice = await sent(first, again)
  await keepDeliveryReport(twice, report(first))
  expect(await cameBack(twice, onboarding)).toEqual([])
  await keepDeliveryReport(twice, report(again, { status: 'Suppressed' }))
  expect(await cameBack(twice, onboarding)).toHaveLength(1)
})

test('a report about somebody else says nothing of the mail, and keeps none of it away', async () => {
  const store = await sent(first)
  await keepDeliveryReport(store, report(first, { recipient: 'alice@fabrikam.com' }))
  expect(await cameBack(store, onboarding)).toEqual([])
  await keepDeliveryReport(store, report(first))
  await keepDeliveryReport(store, report(first, { status: 'Suppressed' }))
  expect(await cameBack(store, onboarding)).toMatchObject([
    { remedy: expect.stringContaining('reported it as Bounced') }
  ])
})

test('who went on although the operation failed is not asked again when its report comes', async () => {
  const store = await sent(first)
  await keepDeliveryReport(store, report(first))
  const [late] = await cameBack(store, onboarding)
  const before = undelivered({ onboarding, workload: 'sharepoint', operationId: first, to: alias, state: 'Failed' })
  expect(before && late && covers(before, late)).toBe(true)
})

describe('who looks for a mail that came back beside the wait', () => {
  const simulation = useSimulation()
  const exchange = 'exock@microsoft.com'
  const isOfMail = ({ check }: Finding): boolean => check === 'mail-not-delivered'
  const bounces = async (id: string): Promise<void> => {
    const { store } = simulation.azure.app
    const mail = { kind: 'alias-exchange', operationId: id, to: [exchange], sentAt: '2026-11-02T17:00:00Z' }
    await writeSentMail(store, { ...mail, onboarding: 'contoso-1' }, mail)
    await keepDeliveryReport(store, report(id, { recipient: exchange }))
  }
  const now = '2026-11-02T17:00:00.000Z'
  const request = requestFor({})

  test('is verification: no hand-off says that Microsoft was written to; and preflight, which is before it, is not', async () => {
    const look = async (again: { readonly step?: 'verification' }) => {
      const input = { onboarding: 'contoso-1', now, draft: draftPlan(request), ...again }
      const plans = createPlanShelf(simulation.azure)
      const log = { info: () => undefined, warn: () => undefined }
      return (
        await inspectTenant({ azure: simulation.azure, config: simulation.config, plans })(input, log)
      ).findings.filter(isOfMail)
    }
    expect(await look({ step: 'verification' })).toEqual([])
    await bounces(first)
    expect(await look({ step: 'verification' })).toMatchObject([
      { requirement: 'R22', resource: exchange, overridable: true }
    ])
    expect(await look({})).toEqual([])
  })

  test('is every sweep after the hand-off, and none before it', async () => {
    const { azure, config } = simulation
    const plan = planOf(request)
    await keepPlan(azure.app.store, { request, plan })
    const [vault] = plan.policies[0]?.vaults ?? []
    if (!vault) throw new Error('the plan has no vault: the case would show nothing')
    const homes = [{ vaultId: vaultIdOf(vault), slot: vault.slot, vault, onboarding: plan.id }]
    const look = async () => (await promisesBroken({ azure, config }, homes, now)).filter(isOfMail)
    expect(await look()).toEqual([]) // it is not handed off
    await writeHandOffJson(azure.app.store, handOff({ plan, facts: finished(plan), at: now, banner: 'REHEARSAL' }))
    expect(await look()).toMatchObject([{ requirement: 'R22', resource: exchange }])
  })
})
