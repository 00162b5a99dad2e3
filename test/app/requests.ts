import type { OnboardingRequest } from '../../src/domain/request/request.ts'

export const subscriptionIds = ['5f0c7f1a-6a43-4d0e-9a7e-0d3b2f6c1a01', 'c2a9e6d4-1b58-4f3c-8e21-7a94d5b60f02'] as const

/** A request that is in no sample. */
export const fabrikam = (change: Partial<OnboardingRequest> = {}): OnboardingRequest => ({
  id: 'fabrikam-1',
  organization: { tenantId: '3d2f1c77-9e0b-4a6d-b1a4-51c7c0e8f903', domain: 'fabrikam.com' },
  namePrefix: 'Fabri',
  subscriptions: [
    { slot: 1, id: subscriptionIds[0], region: 'westeurope', operators: ['alice@fabrikam.com'] },
    { slot: 2, id: subscriptionIds[1], region: 'northeurope', operators: ['bob@fabrikam.com', 'carol@fabrikam.com'] }
  ],
  policies: [{ workload: 'sharepoint', scope: 'EUR' }],
  keySize: 2048,
  ...change
})

/** Another organization: Azure knows nothing of it, so its onboarding stands at a finding. */
export function another(id: string, tenantId: string): OnboardingRequest {
  const organization = { tenantId, domain: 'woodgrove.com' }
  return { ...fabrikam(), id, organization }
}
