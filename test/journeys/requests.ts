import type { OnboardingRequest } from '../../src/domain/request/request.ts'

/** Requests that are in no sample. */
export const oneWorkload = (): OnboardingRequest => ({
  id: 'fabrikam-one',
  organization: { tenantId: '3d2f1c77-9e0b-4a6d-b1a4-51c7c0e8f903', domain: 'fabrikam.com' },
  namePrefix: 'Fabri',
  subscriptions: [
    {
      slot: 2,
      id: 'c2a9e6d4-1b58-4f3c-8e21-7a94d5b60f02',
      region: 'northeurope',
      operators: ['bob@fabrikam.com', 'carol@fabrikam.com']
    },
    { slot: 1, id: '5f0c7f1a-6a43-4d0e-9a7e-0d3b2f6c1a01', region: 'westeurope', operators: ['alice@fabrikam.com'] }
  ],
  policies: [{ workload: 'sharepoint', scope: 'EUR' }],
  keySize: 3072
})

/** Scopes, regions and vault names of its own, and administrators beside the operators. */
export function threeWorkloads(): OnboardingRequest {
  const { subscriptions, ...rest } = oneWorkload()
  return {
    ...rest,
    id: 'fabrikam-three',
    subscriptions: subscriptions.map((each) =>
      each.slot === 1 ? { ...each, administrators: ['dora@fabrikam.com'] } : each
    ),
    policies: [
      { workload: 'multi-workload' },
      { workload: 'exchange', scope: 'Board', vaultNames: ['Fabri-Board-One', 'Fabri-Board-Two'] },
      { workload: 'sharepoint', scope: 'EUR', regions: ['francecentral', 'francesouth'] }
    ],
    keySize: 2048
  }
}
