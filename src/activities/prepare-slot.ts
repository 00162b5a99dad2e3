import type { Reach, Work } from './activity.ts'

/**
 * Registers Microsoft.KeyVault again in one subscription: a registered feature reaches a provider only then
 * (2019 and 2021 editions of the article, left out of the present one).
 */
export const prepareSlot = ({ azure }: Reach): Work<'prepare-slot'> => async ({ slot, subscriptionId }) => {
  const { value: state } = await azure.slot(slot).providers.register(subscriptionId)
  return { ready: state === 'Registered' }
}
