import type { Reading } from '../domain/terms/reading.ts'
import { FeatureClient, type FeatureResult } from '@azure/arm-features'
import { publicCloud } from '../domain/terms/clouds.ts'
import { createAsk, reword, type Connection } from './call.ts'
import { clientOptions } from './clients.ts'
import { lazily } from '../lazily.ts'
import type { Approval } from '../domain/resources/subscription.ts'
import { needed } from './answers/misfit.ts'
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
      ask('GET feature', async (to) =>
        stateIn(await clientFor(subscriptionId).features.get(provider, feature, to('features.get')))
      ),

    /** Who at Microsoft approved it and when (R25), where Azure says. */
    approval: async (subscriptionId: string): Promise<Reading<Approval | undefined>> =>
      reword(
        await ask('GET feature registration', (to) =>
          sendJson(
            {
              method: 'GET',
              url: `${publicCloud.resourceManager}${registrationOf(subscriptionId)}?api-version=2021-07-01`
            },
            to('subscriptionFeatureRegistrations.get')
          )
        ),
        ({ properties }) => properties?.authorizationProfile ?? undefined
      ),

    /** Asks Microsoft for the registration and returns the state it has at once; repeating is harmless. */
    register: (subscriptionId: string): Promise<Reading<string>> =>
      ask('REGISTER feature', async (to) =>
        stateIn(await clientFor(subscriptionId).features.register(provider, feature, to('features.register')))
      )
  }
}

const stateIn = ({ properties }: FeatureResult): string => needed(properties?.state, 'the state of the registration')

const registrationOf = (subscriptionId: string): string =>
  `/subscriptions/${subscriptionId}/providers/Microsoft.Features/featureProviders/${provider}/subscriptionFeatureRegistrations/${feature}`

const provider = 'Microsoft.Resources'
const feature = 'mandatoryRetentionPeriodEnabled'
