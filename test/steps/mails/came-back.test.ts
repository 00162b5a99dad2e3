import { expect, test } from 'vitest'
import { keepDeliveryReport } from '../../../src/records/delivery-report.ts'
import { writeSentMail } from '../../../src/records/sent-mail.ts'
import { cameBack } from '../../../src/steps/mails/came-back.ts'
import { covers } from '../../../src/domain/terms/evidence.ts'
import { undelivered } from '../../../src/steps/mails/undelivered.ts'
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
