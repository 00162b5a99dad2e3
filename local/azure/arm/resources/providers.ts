import { AzureError, type Route, type Surroundings } from '../../core/service.ts'
import { openSubscription } from '../authorization/authorize.ts'
import { stableGuid } from '../../stable-guid.ts'
import { isStalled } from '../../core/stalls.ts'
import { lags } from '../replica.ts'
import { registeredProviders } from './records.ts'
import type { World } from '../../core/world.ts'
import { vaultApiVersions } from '../keyvault-management/vault-view.ts'
import { regionNames } from './regions.ts'
import { resourceApiVersions as apiVersions } from './resource-groups.ts'

const path = '/subscriptions/{sub}/providers/{namespace}'

/** https://learn.microsoft.com/rest/api/resources/providers */
export const providerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{sub}/providers',
    operation: 'providers.list',
    apiVersions,
    handle: (request, { sub = '' }, around) => {
      const action = 'Microsoft.Resources/subscriptions/providers/read'
      openSubscription(sub, { request, around, action, scope: `/subscriptions/${sub}` })
      return { status: 200, json: { value: NAMESPACES.map((known) => view(sub, known, around)) } }
    }
  },
  {
    method: 'GET',
    path,
    operation: 'providers.get',
    apiVersions,
    handle: (request, { sub = '', namespace = '' }, around) => {
      const known = requireKnown(namespace)
      openSubscription(sub, {
        request,
        around,
        action: 'Microsoft.Resources/subscriptions/providers/read',
        scope: `/subscriptions/${sub}`
      })
      return { status: 200, json: view(sub, known, around) }
    }
  },
  {
    method: 'POST',
    path: `${path}/register`,
    operation: 'providers.register',
    apiVersions,
    handle: (request, { sub = '', namespace = '' }, around) => {
      const known = requireKnown(namespace)
      const { id } = openSubscription(sub, {
        request,
        around,
        action: `${known}/register/action`,
        scope: `/subscriptions/${sub}`
      })
      const present = registeredProviders(around.world).get(keyOf(sub, known))
      const readyAt = around.clock.now() + registrationMs(around.world)
      registeredProviders(around.world).set(
        keyOf(sub, known),
        present ?? { subscriptionId: id, namespace: known, readyAt }
      )
      return { status: 200, json: view(sub, known, around) }
    }
  }
]

/**
 * Refuses 409 where the subscription never registered the provider of a resource it wants to create, or has begun to: a region
 * takes resources once it is done there, and nothing says which is the last.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types#register-resource-provider
 */
export function requireProvider(sub: string, namespace: string, around: Surroundings): void {
  if (stateOf(sub, namespace, around) === 'Registered') return
  throw new AzureError(
    409,
    'MissingSubscriptionRegistration',
    `The subscription is not registered to use namespace '${namespace}'. ` +
      'See https://aka.ms/rps-not-found for how to register subscriptions.'
  )
}

const registrationMs = (world: World): number => lags(world).get('providers')?.ms ?? 0

// These belong to every subscription and cannot be unregistered.
const ALWAYS = new Set(['Microsoft.Resources', 'Microsoft.Authorization', 'Microsoft.Features'])
const NAMESPACES = [
  ...ALWAYS,
  'Microsoft.KeyVault',
  'Microsoft.Storage',
  'Microsoft.EventGrid',
  'Microsoft.App',
  'Microsoft.Network'
]

function requireKnown(namespace: string): string {
  const known = NAMESPACES.find((name) => name.toLowerCase() === namespace.toLowerCase())
  if (known !== undefined) return known
  throw new AzureError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`)
}

function view(sub: string, namespace: string, around: Surroundings): object {
  return {
    id: `/subscriptions/${sub}/providers/${namespace}`,
    namespace,
    registrationPolicy: ALWAYS.has(namespace) ? 'RegistrationFree' : 'RegistrationRequired',
    registrationState: stateOf(sub, namespace, around),
    authorizations: ALWAYS.has(namespace) ? [] : [authorizationOf(namespace)],
    resourceTypes: (typesOf[namespace] ?? []).map((resourceType) => ({
      resourceType,
      locations: resourceType === 'operations' ? [] : regionNames,
      apiVersions: resourceType === 'vaults' ? vaultApiVersions : ['2025-02-15', '2023-07-01'],
      defaultApiVersion: '2023-07-01',
      capabilities: resourceType === 'operations' ? 'None' : 'SupportsTags, SupportsLocation'
    }))
  }
}

/** Which application of the provider may act in the subscription, and in which role. */
const authorizationOf = (namespace: string) => ({
  applicationId: stableGuid(namespace, 'application'),
  roleDefinitionId: stableGuid(namespace, 'role')
})

const typesOf: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.KeyVault': ['vaults', 'operations'],
  'Microsoft.EventGrid': ['systemTopics', 'operations'],
  'Microsoft.Storage': ['storageAccounts', 'operations']
}

function stateOf(sub: string, namespace: string, { world, clock }: Surroundings): string {
  if (ALWAYS.has(namespace)) return 'Registered'
  const { readyAt = 0 } = registeredProviders(world).get(keyOf(sub, namespace)) ?? { readyAt: Infinity }
  if (readyAt === Infinity) return 'NotRegistered'
  return readyAt > clock.now() || isStalled(world, 'providers') ? 'Registering' : 'Registered'
}

function keyOf(sub: string, namespace: string): string {
  return `${sub}/${namespace}`.toLowerCase()
}
