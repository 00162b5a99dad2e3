import type { Reading } from '../domain/terms/reading.ts'
import { ResourceManagementClient } from '@azure/arm-resources'
import type { VaultPlan } from '../domain/plan/plan.ts'
import { absentOn, createAsk, reword, type Connection } from './call.ts'
import { clientOptions } from './clients.ts'
import { lazily } from '../lazily.ts'
import { onboardingTag } from '../domain/terms/tags.ts'

export type ResourceGroupPlan = Pick<VaultPlan, 'subscriptionId' | 'resourceGroup' | 'region'>

export type ResourceGroups = ReturnType<typeof createResourceGroups>

export function createResourceGroups(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const clientFor = lazily((id) => new ResourceManagementClient(connection.credential, id, clientOptions(connection)))
  // By GET: what refuses a HEAD has no words, and would be taken for a proxy on the way.
  const find = (group: Pick<ResourceGroupPlan, 'subscriptionId' | 'resourceGroup'>) =>
    absentOn(
      ['ResourceGroupNotFound'],
      ask('GET resource group', (to) =>
        clientFor(group.subscriptionId).resourceGroups.get(group.resourceGroup, to('resourceGroups.get'))
      )
    )
  return {
    exists: async (group: Pick<ResourceGroupPlan, 'subscriptionId' | 'resourceGroup'>): Promise<Reading<boolean>> =>
      reword(await find(group), (found) => found !== undefined),

    /** Creates the group where it is absent, with these tags too; one that is there keeps its region and tags (R27, R32). */
    ensure: async (
      group: ResourceGroupPlan,
      onboardingId: string,
      tags: Readonly<Record<string, string>> = {}
    ): Promise<Reading<{ created: boolean }>> => {
      const found = await find(group)
      if (found.value) return { value: { created: false }, call: found.call }
      return ask('PUT resource group', async (to) => {
        const wanted = { location: group.region, tags: { ...tags, [onboardingTag]: onboardingId } }
        await clientFor(group.subscriptionId).resourceGroups.createOrUpdate(
          group.resourceGroup,
          wanted,
          to('resourceGroups.createOrUpdate')
        )
        return { created: true }
      })
    }
  }
}
