import type { Reading } from '../domain/terms/reading.ts'
import { FeatureClient, type FeatureResult } from '@azure/arm-features'
import { z } from 'zod'
import { publicCloud } from '../domain/terms/clouds.ts'
import { createAsk, reword, type Connection } from './call.ts'
import { clientOptions } from './clients.ts'
import { lazily } from '../lazily.ts'
import type { Approval } from '../domain/resources/subscription.ts'
import { needed } from './needed.ts'
import { createSendJson } from './rest.ts'

export type Features = ReturnType<typeof createFeatures>

/**
 * The registration of the mandatory retention period (R20, R26). States are Azure's words: `NotRegistered`,
 * `Pending`, `Registering`, `Registered`, `Unregistering`, `Unregistered`. There is no way back here: rule 3.
 */
export function createFeatures(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const sendJson = createSendJson(connection, `${publicCloud.resourceManager}/.default`)
  const clientFor = lazily((id) => new FeatureClient(connection.credential, id, clientOptions(connection)))
  return {
    state: (subscriptionId: string): Promise<Reading<string>> =>
      ask('GET feature', async (options) =>
        stateIn(await clientFor(subscriptionId).features.get(provider, feature, options))
      ),

    /** Who at Microsoft approved it and when (R25), where Azure says. */
    approval: async (subscriptionId: string): Promise<Reading<Approval | undefined>> =>
      reword(
        await ask('GET feature registration', (options) =>
          sendJson(
            {
              method: 'GET',
              url: `${publicCloud.resourceManager}${registrationOf(subscriptionId)}?api-version=2021-07-01`
            },
            registration,
            options
          )
        ),
        ({ properties: { authorizationProfile } }) => authorizationProfile
      ),

    /** Asks Microsoft for the registration and returns the state it has at once; repeating is harmless. */
    register: (subscriptionId: string): Promise<Reading<string>> =>
      ask('REGISTER feature', async (options) =>
        stateIn(await clientFor(subscriptionId).features.register(provider, feature, options))
      )
  }
}

const stateIn = ({ properties }: FeatureResult): string => needed(properties?.state, 'the state of the registration')

const registrationOf = (subscriptionId: string): string =>
  `/subscriptions/${subscriptionId}/providers/Microsoft.Features/featureProviders/${provider}/subscriptionFeatureRegistrations/${feature}`

// Azure's definition begins these names with capitals, and the SDK client looks for them with small letters: both are read.
const profile = z.record(z.string(), z.unknown()).transform((given): Approval | undefined => {
  const small = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value] as const)
  const { approvedtime: at, approver: by } = Object.fromEntries(small)
  return typeof at !== 'string'
    ? undefined
    : { at: new Date(at).toISOString(), by: typeof by === 'string' ? by : 'Microsoft' }
})

const registration = z.object({ properties: z.object({ authorizationProfile: profile.optional() }) })

const provider = 'Microsoft.Resources'
const feature = 'mandatoryRetentionPeriodEnabled'
