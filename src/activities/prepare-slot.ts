import type { Reach, Work } from './activity.ts'

/**
 * The slot's one resource group, in the slot's own region wherever its vaults will lie (R27, R32); and Microsoft.KeyVault
 * registered again: a registered feature reaches a provider only then (2019 and 2021 editions of the article, left out
 * of the present one).
 */
export const prepareSlot = ({ azure }: Reach): Work<'prepare-slot'> => async ({ onboarding, ...group }) => {
  const own = azure.slot(group.slot)
  await own.resourceGroups.ensure(group, onboarding)
  const { value: state } = await own.providers.register(group.subscriptionId)
  return { ready: state === 'Registered' }
}
