import { expect, test } from 'vitest'
import { operationIdOf } from '../../../src/steps/mails/operation-id.ts'
import { planOf, threeWorkloads } from '../../domain/examples.ts'

const plan = planOf(threeWorkloads())

test('a mail is the same mail whatever a later release says in the plan, and whoever acts then', () => {
  const request = threeWorkloads()
  Object.assign(request.subscriptions[0] ?? {}, { operators: ['carol@contoso.com'] })
  const others = [planOf(request), { ...plan, irreversible: ['worded anew'], digest: `v1.${'a'.repeat(64)}` }]
  const id = operationIdOf(plan, 'alias', 'exchange')
  expect(others.map((each) => operationIdOf(each, 'alias', 'exchange'))).toEqual([id, id])
})

test('each purpose of each onboarding is a mail of its own', () => {
  const { organization } = plan
  const elsewhere = { ...organization, tenantId: '11111111-2222-4333-8444-555555555555' }
  const ids = [
    operationIdOf(plan, 'alias', 'exchange'),
    operationIdOf(plan, 'alias', 'sharepoint'),
    operationIdOf(plan, 'alias', 'exchange', '1'),
    operationIdOf(plan, 'operators', 'started'),
    operationIdOf({ id: 'contoso-2', organization }, 'alias', 'exchange'),
    operationIdOf({ id: plan.id, organization: elsewhere }, 'alias', 'exchange')
  ]
  expect(new Set(ids).size).toBe(ids.length)
})
