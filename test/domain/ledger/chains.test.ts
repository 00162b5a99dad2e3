import { expect, test } from 'vitest'
import {
  branchChain,
  branchChains,
  branchChainsOf,
  chainParts,
  claimChain,
  onboardingChain,
  tenantOfClaims
} from '../../../src/domain/ledger/chains.ts'
import { planOf, threeWorkloads } from '../examples.ts'

test('chains are named in small letters, and their names say whose they are', () => {
  expect(onboardingChain('Contoso-1')).toBe('onboarding.contoso-1')
  expect(branchChains('Contoso-1')).toBe('branch.contoso-1.')
  const branch = branchChain('Contoso-1', { policy: 'exchange/NA', slot: 2 })
  expect(branch).toBe('branch.contoso-1.exchange-na.2')
  expect(chainParts(branch)).toEqual({ onboarding: 'contoso-1', branch: { policy: 'exchange-na', slot: 2 } })
  expect(chainParts('branch.contoso-1.exchange-na.1')?.branch?.slot).toBe(1)
  expect(chainParts(onboardingChain('Contoso-1'))).toEqual({ onboarding: 'contoso-1' })
})

test.for(['', 'claims/tenant', 'branch.contoso-1', 'branch.contoso-1.exchange-na.3', 'twig.contoso-1.exchange-na.1'])(
  '“%s” is the chain of no onboarding',
  (chain) => {
    expect(chainParts(chain)).toBeUndefined()
  }
)

test('claims are a tenant’s, those of a single key are not', () => {
  expect(claimChain('TENANT')).toBe('claims/tenant')
  expect(tenantOfClaims('claims/tenant')).toBe('tenant')
  for (const other of ['claims/tenant/key', 'my/claims/tenant', 'claims/', 'onboarding.contoso-1'])
    expect([other, tenantOfClaims(other)]).toEqual([other, undefined])
})

test('each vault of a plan has a branch, in its order', () => {
  const plan = planOf(threeWorkloads())
  expect(branchChainsOf(plan)).toEqual(
    plan.policies.flatMap(({ id }) =>
      [1, 2].map((slot) => `branch.${plan.id}.${id.replace('/', '-')}.${slot}`.toLowerCase())
    )
  )
})
