import { eachOf } from '../../at-a-time.ts'
import type { Azure } from '../../azure/connect.ts'
import type { PlanContent } from '../../domain/plan/plan.ts'
import type { OwnResources } from '../../domain/terms/own-resource.ts'
import { managedVaultNames, readManagedVault } from '../../records/managed-vault.ts'

/** The vaults of a plan, and those the register has of other onboardings and adoptions: they may share the subscriptions. */
export async function ownResources(
  { app: { store } }: Azure,
  { policies }: Pick<PlanContent, 'policies'>
): Promise<OwnResources> {
  const managed = await eachOf(await managedVaultNames(store), (name) => readManagedVault(store, name))
  const homes = [...policies.flatMap(({ vaults }) => vaults), ...managed.flatMap((each) => each?.vault ?? [])]
  return {
    vaultNames: homes.map(({ vaultName }) => vaultName),
    resourceGroups: homes.map(({ resourceGroup }) => resourceGroup)
  }
}
