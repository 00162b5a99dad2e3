import { ResourceManagementClient } from '@azure/arm-resources'
import { SubscriptionClient } from '@azure/arm-resources-subscriptions'
import { createAsk, reword, type Connection, type Seen } from './call.ts'
import { clientOptions } from './clients.ts'
import { lazily, once } from '../lazily.ts'
import { onboardingTag, partTag } from './tags.ts'

export interface SubscriptionFacts {
  readonly id: string
  readonly displayName: string
  /** `Enabled`, `Warned`, `PastDue`, `Disabled` or `Deleted`. */
  readonly state: string
  readonly tenantId: string
  /** Azure's name of the offer type, e.g. `EnterpriseAgreement_2014-09-01`; empty when Azure does not say. */
  readonly quotaId: string
  /** `On`, `Off` or `CurrentPeriodOff`. */
  readonly spendingLimit: string | undefined
}

export type Subscriptions = ReturnType<typeof createSubscriptions>

export function createSubscriptions(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const subscriptions = once(() => new SubscriptionClient(connection.credential, clientOptions(connection)))
  const resources = lazily((id) => new ResourceManagementClient(connection.credential, id, clientOptions(connection)))
  return {
    /** State, tenant and offer type of one subscription (R2, R7, R8). */
    get: async (id: string): Promise<Seen<SubscriptionFacts>> =>
      reword(await ask('GET subscription', (options) => subscriptions().subscriptions.get(id, options)), (found) => ({
        id,
        displayName: found.displayName ?? '',
        state: found.state ?? '',
        tenantId: found.tenantId ?? '',
        quotaId: found.subscriptionPolicies?.quotaId ?? '',
        spendingLimit: found.subscriptionPolicies?.spendingLimit
      })),

    /** Ids of resources that neither an onboarding nor the slot's deployment tagged: there should be none (R12). */
    foreignResources: (id: string): Promise<Seen<string[]>> =>
      ask('LIST resources', async (options) => {
        const foreign: string[] = []
        for await (const resource of resources(id).resources.list(options)) {
          if (!resource.tags?.[onboardingTag] && !resource.tags?.[partTag]) foreign.push(resource.id ?? '')
        }
        return foreign
      })
  }
}
