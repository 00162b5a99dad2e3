import type { Reading } from '../domain/terms/reading.ts'
import { ResourceManagementClient } from '@azure/arm-resources'
import { shortRegion } from '../domain/terms/short-region.ts'
import { createAsk, reword, type Connection } from './call.ts'
import { clientOptions } from './clients.ts'
import { needed } from './answers/misfit.ts'
import { lazily } from '../lazily.ts'

export type Providers = ReturnType<typeof createProviders>

/**
 * Resource providers of a subscription. A feature registered on a subscription takes effect once the provider
 * Microsoft.KeyVault is registered again. States: `NotRegistered`, `Registering`, `Registered`.
 */
export function createProviders(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const clientFor = lazily((id) => new ResourceManagementClient(connection.credential, id, clientOptions(connection)))
  return {
    /** Of Microsoft.KeyVault: its state, and the regions, in short form, in which the subscription may have vaults. */
    keyVault: async (subscriptionId: string): Promise<Reading<{ state: string; regions: string[] }>> =>
      reword(
        await ask('GET provider', (to) =>
          clientFor(subscriptionId).providers.get('Microsoft.KeyVault', to('providers.get'))
        ),
        ({ registrationState = '', resourceTypes = [] }) => ({
          state: registrationState,
          regions: resourceTypes
            .filter(({ resourceType }) => resourceType?.toLowerCase() === 'vaults')
            .flatMap(({ locations = [] }) => locations.map(shortRegion))
        })
      ),

    register: (subscriptionId: string, namespace: Namespace): Promise<Reading<string>> =>
      ask('REGISTER provider', async (to) => {
        const { registrationState } = await clientFor(subscriptionId).providers.register(
          namespace,
          to('providers.register')
        )
        return needed(registrationState, `the state of ${namespace}`)
      })
  }
}

type Namespace = 'Microsoft.KeyVault' | 'Microsoft.Resources' | 'Microsoft.EventGrid'
