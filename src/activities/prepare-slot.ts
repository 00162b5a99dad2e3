import type { Reach, Work } from './activity.ts'

/**
 * The slot's one resource group, in the slot's own region wherever its vaults will lie (R27, R32); and Microsoft.KeyVault
 * registered again: a registered feature reaches a provider only then (2019 and 2021 editions of the article, left out
 * of the present one). Microsoft.EventGrid too, where events are wanted.
 */
export const prepareSlot = ({ azure, config }: Reach): Work<'prepare-slot'> => async ({ onboarding, ...group }) => {
  const own = azure.slot(group.slot)
  await own.resourceGroups.ensure(group, onboarding)
  const vaults = await own.providers.register(group.subscriptionId, 'Microsoft.KeyVault')
  const events = config.events && await own.providers.register(group.subscriptionId, 'Microsoft.EventGrid')
  return { ready: [vaults, events].every((each) => each === undefined || each.value === 'Registered') }
}
