import { AzureCallError } from '../../azure/errors.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'

/**
 * The slot's one resource group, in the slot's own region wherever its vaults will lie (R27, R32); and Microsoft.Resources,
 * whose feature it is, and Microsoft.KeyVault registered again: a registered feature reaches a provider only then (2019 and
 * 2021 editions of the article, left out of the present one). Microsoft.EventGrid too, where events are wanted.
 */
export const prepareSlot =
  ({ azure, config, plans }: PlannedReach): Step<'prepare-slot'> =>
  async ({ onboarding, plan, ...group }) => {
    const own = azure.slot(group.slot)
    const { tags } = await plans.planOf(plan)
    const { value: made } = await own.resourceGroups.ensure(group, onboarding, tags)
    if (config.events) await own.providers.register(group.subscriptionId, 'Microsoft.EventGrid').catch(onlyCourtesy)
    // What is put into a group that was just made may find none: https://github.com/Azure/azure-sdk-for-go/issues/21608
    const isSeen = !made.created || (await own.resourceGroups.exists(group)).value
    const unready = isSeen ? [] : [`${group.resourceGroup} cannot be seen yet in slot ${group.slot}`]
    for (const namespace of ['Microsoft.Resources', 'Microsoft.KeyVault'] as const) {
      const { value: state } = await own.providers.register(group.subscriptionId, namespace)
      if (state !== 'Registered') unready.push(`${namespace} is ${state} in slot ${group.slot}`)
    }
    return unready.length === 0 ? {} : { notYet: unready.join(', ') }
  }

/** Vaults do not wait for Event Grid; what it lacks is a finding once they are backed up. */
function onlyCourtesy(error: unknown): void {
  if (!(error instanceof AzureCallError)) throw error
}
