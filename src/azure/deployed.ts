import { publicCloud } from '../domain/terms/clouds.ts'
import type { Resource } from '../domain/deployment/resource.ts'
import { absentOn, createAsk, type Connection } from './call.ts'
import { AzureCallError } from './errors.ts'
import { everyPage } from './pages.ts'
import { createSendJson } from './rest.ts'

export type Deployed = ReturnType<typeof createDeployed>

/** What Azure says where the thing itself, or its group, is not there. A subscription that is not seen is none of these. */
export const absent = [
  'ResourceNotFound',
  'ResourceGroupNotFound',
  'NotFound',
  'ParentResourceNotFound',
  'ContainerNotFound',
  'ImmutabilityPolicyNotFound'
]

/**
 * What stands in a subscription, of whatever type, by paths of Resource Manager that begin with `/`; for a person who looks at a
 * deployment. Over REST: each type would bring a client of its own for one call.
 */
export function createDeployed(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const sendJson = createSendJson(connection, `${root}/.default`)
  return {
    /** Undefined: there is no such resource. */
    get: async (path: string, version: string): Promise<Resource | undefined> =>
      (
        await absentOn(
          absent,
          ask('GET deployed resource', (to) =>
            sendJson({ method: 'GET', url: `${root}${path}?api-version=${version}` }, to('deployed.get'))
          )
        )
      ).value,

    /** Of a path that may have a query; empty where that in which they would be is not there. */
    list: async (path: string, version: string): Promise<readonly Resource[]> => {
      const all = await absentOn(
        absent,
        ask('LIST deployed resources', (to) =>
          everyPage(
            (url) => sendJson({ method: 'GET', url }, to('deployed.list')),
            `${root}${path}${path.includes('?') ? '&' : '?'}api-version=${version}`
          )
        )
      )
      return all.value ?? []
    },

    /** Whether the subscription is registered for a provider. */
    registration: async (subscriptionId: string, namespace: string): Promise<string> =>
      (
        await ask('GET provider', (to) =>
          sendJson(
            {
              method: 'GET',
              url: `${root}/subscriptions/${subscriptionId}/providers/${namespace}?api-version=2025-04-01`
            },
            to('providers.get')
          )
        )
      ).value.registrationState,

    /** Settings of a function app. They hold secrets: who reads them shows none. */
    settings: async (siteId: string, version: string): Promise<Readonly<Record<string, string>>> =>
      (
        await ask('LIST app settings', (to) =>
          sendJson(
            { method: 'POST', url: `${root}${siteId}/config/appsettings/list?api-version=${version}` },
            to('deployed.settings')
          )
        )
      ).value.properties
  }
}

/** Why somebody could not look: the right that they lack, or Azure's words; undefined for a fault of ours. */
export function unreadBecause(error: unknown): string | undefined {
  if (!(error instanceof AzureCallError)) return undefined
  return error.missingRight === undefined ? error.happened : `you have no right to ${error.missingRight}`
}

const root = publicCloud.resourceManager
