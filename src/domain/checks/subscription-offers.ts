/** What an Azure offer means for Customer Key (R2). `decide`: neither named by Microsoft nor clearly paid. */
export type OfferStanding = 'paid' | 'not-eligible' | 'decide' | 'unknown'

/**
 * Reads the offer from a subscription's quota id, whose part before `_` names it.
 * Source: https://learn.microsoft.com/azure/cost-management-billing/costs/understand-cost-mgt-data
 */
export const offerStanding = (quotaId: string): OfferStanding =>
  standings.get((quotaId.split('_', 1)[0] ?? '').toLowerCase()) ?? 'unknown'

const offers: Readonly<Record<Exclude<OfferStanding, 'unknown'>, readonly string[]>> = {
  paid: ['EnterpriseAgreement', 'PayAsYouGo', 'CSP'],
  // `Default` is what support plans have; the others are free, trial, sponsored or for students and MSDN subscribers.
  'not-eligible': ['FreeTrial', 'MSDN', 'Sponsored', 'AzurePass', 'DreamSpark', 'AzureForStudents', 'Default'],
  decide: ['MSDNDevTest', 'MPN', 'AzureInOpen']
}

const standings: ReadonlyMap<string, OfferStanding> = new Map([
  ...offers.paid.map((offer) => [offer.toLowerCase(), 'paid'] as const),
  ...offers['not-eligible'].map((offer) => [offer.toLowerCase(), 'not-eligible'] as const),
  ...offers.decide.map((offer) => [offer.toLowerCase(), 'decide'] as const)
])
