import type { SeedRequest } from '../../../../local/azure/seed-shape.ts'

export const tenantId = 'b9a6cd92-3f3e-4d5d-8f0e-2c6a8c1d7e10'
export const subscriptionIds = ['8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02', 'b77e4f10-52c8-4a0d-8d36-6e1b9c2f4d91'] as const

export const request: SeedRequest = {
  organization: { tenantId, domain: 'contoso.com' },
  namePrefix: 'Contoso',
  subscriptions: [
    { slot: 1, id: subscriptionIds[0], operators: ['alice@contoso.com', 'carol@contoso.com'] },
    { slot: 2, id: subscriptionIds[1], operators: ['bob@contoso.com'], administrators: ['dave@contoso.com'] }
  ]
}
