import { FeatureClient } from '@azure/arm-features'
import { createAsk, reword } from './call.ts'
import type { Connection, Seen } from './call.ts'
import { clientOptions, lazily } from './clients.ts'

export type Features = ReturnType<typeof createFeatures>

/**
 * The registration of the mandatory retention period (R20, R26). States are Azure's words: `NotRegistered`,
 * `Pending`, `Registering`, `Registered`, `Unregistering`, `Unregistered`. There is no way back here: rule 3.
 */
export function createFeatures(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const clientFor = lazily((id) => new FeatureClient(connection.credential, id, clientOptions(connection)))
  return {
    state: async (subscriptionId: string): Promise<Seen<string>> => reword(
      await ask('GET feature', (options) => clientFor(subscriptionId).features.get(provider, feature, options)),
      (found) => found.properties?.state ?? ''
    ),

    /** Asks Microsoft for the registration and returns the state it has at once; repeating is harmless. */
    register: async (subscriptionId: string): Promise<Seen<string>> => reword(
      await ask('REGISTER feature', (options) => clientFor(subscriptionId).features.register(
        provider, feature, options)),
      (found) => found.properties?.state ?? ''
    )
  }
}

const provider = 'Microsoft.Resources'
const feature = 'mandatoryRetentionPeriodEnabled'
