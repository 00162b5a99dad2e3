import { describe, expect, test } from 'vitest'
import { beyondTenantLimits, type PolicyThere } from '../../../src/domain/request/tenant-limits.ts'
import type { Workload } from '../../../src/domain/terms/workloads.ts'

const there = (workload: Workload, scope?: string, onboarding = 'earlier'): PolicyThere => ({
  onboarding,
  workload,
  scope
})
const wanted = (workload: Workload, scope?: string) => ({ workload, ...(scope !== undefined && { scope }) })
const many = (count: number, onboarding?: string) =>
  Array.from({ length: count }, (_, index) => there('exchange', `P${String(index)}`, onboarding))

describe('what a tenant was handed off before counts beside what is asked for (R30)', () => {
  test.for([
    ['a geography of SharePoint', wanted('sharepoint', 'EUR'), there('sharepoint', 'EUR')],
    ['by another code of the same geography', wanted('sharepoint', 'EU'), there('sharepoint', 'EUR')],
    ['the one policy of all users', wanted('multi-workload'), there('multi-workload')],
    ['a scope of Exchange, whatever its case', wanted('exchange', 'na'), there('exchange', 'NA')]
  ] as const)('%s is there once', ([, policy, before]) => {
    const [fault, ...more] = beyondTenantLimits({ policies: [policy] }, [there('exchange', 'other'), before])
    expect(more).toEqual([])
    expect(fault?.path).toBe(policy.scope === undefined ? '/policies/0' : '/policies/0/scope')
    expect(fault?.message).toMatch(/^Onboarding "earlier" has handed off .* Remove this policy/)
  })

  test.for([
    ['another geography', wanted('sharepoint', 'APC'), there('sharepoint', 'EUR')],
    ['the same scope of another workload', wanted('exchange', 'EUR'), there('sharepoint', 'EUR')],
    ['another workload', wanted('multi-workload'), there('exchange', 'NA')]
  ] as const)('%s is no second one', ([, policy, before]) => {
    expect(beyondTenantLimits({ policies: [policy] }, [before])).toEqual([])
  })

  test('fifty policies of Exchange are a tenant’s in however many requests', () => {
    const one = { policies: [wanted('exchange', 'another')] }
    expect(beyondTenantLimits(one, many(49))).toEqual([])
    const before = [
      ...many(20, 'first'),
      ...many(30, 'second').map((each) => ({ ...each, scope: `Q${each.scope ?? ''}` }))
    ]
    expect(beyondTenantLimits(one, before)).toEqual([
      {
        path: '/policies',
        message:
          'The tenant has 50 exchange policies by "first", "second", and 1 would come to them. Microsoft allows 50: remove some.'
      }
    ])
  })

  test('a tenant without an earlier hand-off has the limits of its request alone', () => {
    expect(beyondTenantLimits({ policies: [wanted('sharepoint', 'EUR'), wanted('exchange', 'NA')] }, [])).toEqual([])
  })
})
