import { AzureError, type Route, type Surroundings } from '../../core/service.ts'
import { openSubscription } from '../authorization/authorize.ts'
import { isStalled } from '../../core/stalls.ts'
import { registeredProviders } from './records.ts'
import { regionNames } from './regions.ts'
import { resourceApiVersions as apiVersions } from './resource-groups.ts'

const path = '/subscriptions/{sub}/providers/{namespace}'

/** https://learn.microsoft.com/rest/api/resources/providers */
export const providerRoutes: readonly Route[] = [
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
      registeredProviders(around.world).set(keyOf(sub, known), { subscriptionId: id, namespace: known })
      return { status: 200, json: view(sub, known, around) }
    }
  }
]

/** Refuses 409 where the subscription never registered the provider of a resource it wants to create. */
export function requireProvider(sub: string, namespace: string, around: Surroundings): void {
  if (registeredProviders(around.world).has(keyOf(sub, namespace))) return
  throw new AzureError(
    409,
    'MissingSubscriptionRegistration',
    `The subscription is not registered to use namespace '${namespace}'. ` +
      'See https://aka.ms/rps-not-found for how to register subscriptions.'
  )
}

// These belong to every subscription and cannot be unregistered.
const ALWAYS = new Set(['Microsoft.Resources', 'Microsoft.Authorization', 'Microsoft.Features'])
const NAMESPACES = [...ALWAYS, 'Microsoft.KeyVault', 'Microsoft.Storage', 'Microsoft.EventGrid']

function requireKnown(namespace: string): string {
  const known = NAMESPACES.find((name) => name.toLowerCase() === namespace.toLowerCase())
  if (known !== undefined) return known
  throw new AzureError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`)
}

function view(sub: string, namespace: string, { world }: Surroundings): object {
  const registered = ALWAYS.has(namespace) || registeredProviders(world).has(keyOf(sub, namespace))
  return {
    id: `/subscriptions/${sub}/providers/${namespace}`,
    namespace,
    registrationPolicy: ALWAYS.has(namespace) ? 'RegistrationFree' : 'RegistrationRequired',
    registrationState: registered ? (isStuck(namespace, world) ? 'Registering' : 'Registered') : 'NotRegistered',
    resourceTypes: namespace === 'Microsoft.KeyVault' ? [{ resourceType: 'vaults', locations: regionNames }] : []
  }
}

const isStuck = (namespace: string, world: Surroundings['world']): boolean =>
  !ALWAYS.has(namespace) && isStalled(world, 'providers')

function keyOf(sub: string, namespace: string): string {
  return `${sub}/${namespace}`.toLowerCase()
}
