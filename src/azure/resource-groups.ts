import type { Reading } from '../domain/terms/reading.ts'
import { ResourceManagementClient } from '@azure/arm-resources'
import type { VaultPlan } from '../domain/plan/plan.ts'
import { createAsk, reword, type Connection } from './call.ts'
import { clientOptions } from './clients.ts'
import { lazily } from '../lazily.ts'
import { onboardingTag } from '../domain/terms/tags.ts'

export type ResourceGroupPlan = Pick<VaultPlan, 'subscriptionId' | 'resourceGroup' | 'region'>

export type ResourceGroups = ReturnType<typeof createResourceGroups>

export function createResourceGroups(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const clientFor = lazily((id) => new ResourceManagementClient(connection.credential, id, clientOptions(connection)))
  return {
    exists: async (group: Pick<ResourceGroupPlan, 'subscriptionId' | 'resourceGroup'>): Promise<Reading<boolean>> =>
      reword(
        await ask('HEAD resource group', (to) =>
          clientFor(group.subscriptionId).resourceGroups.checkExistence(
            group.resourceGroup,
            to('resourceGroups.checkExistence')
          )
        ),
        ({ body }) => body
      ),

    /** Creates the group where it is absent, with these tags too; one that is there keeps its region and tags (R27, R32). */
    ensure: (
      group: ResourceGroupPlan,
      onboardingId: string,
      tags: Readonly<Record<string, string>> = {}
    ): Promise<Reading<{ created: boolean }>> =>
      ask('PUT resource group', async (to) => {
        const groups = clientFor(group.subscriptionId).resourceGroups
        const { body: exists } = await groups.checkExistence(group.resourceGroup, to('resourceGroups.checkExistence'))
        if (exists) return { created: false }
        const wanted = { location: group.region, tags: { ...tags, [onboardingTag]: onboardingId } }
        await groups.createOrUpdate(group.resourceGroup, wanted, to('resourceGroups.createOrUpdate'))
        return { created: true }
      })
  }
}
