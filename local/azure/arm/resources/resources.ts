import { AzureError, type Route, type Surroundings } from '../../core/service.ts'
import { openSubscription } from '../authorization/authorize.ts'
import { systemTopics } from '../../eventgrid/topic-record.ts'
import { otherResources } from './records.ts'
import { resourceApiVersions } from './resource-groups.ts'
import { vaults } from '../keyvault-management/vault-record.ts'

/** https://learn.microsoft.com/rest/api/resources/resources/list */
export const resourceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{sub}/resources',
    operation: 'resources.list',
    apiVersions: resourceApiVersions,
    handle: (request, { sub = '' }, around) => {
      const action = 'Microsoft.Resources/subscriptions/resources/read'
      openSubscription(sub, { request, around, action, scope: `/subscriptions/${sub}` })
      const isMeant = filterOf(request.query.get('$filter'))
      return { status: 200, json: { value: resourcesOf(sub, around).filter(isMeant) } }
    }
  }
]

interface GenericResource {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly location: string
}

function resourcesOf(sub: string, { world }: Surroundings): GenericResource[] {
  const ofSubscription = ({ subscriptionId }: { readonly subscriptionId: string }) =>
    subscriptionId.toLowerCase() === sub.toLowerCase()
  const keyVaults = vaults(world)
    .values()
    .filter(ofSubscription)
    .map(({ id, name, location, tags }) => ({ id, name, type: 'Microsoft.KeyVault/vaults', location, tags }))
  const topics = systemTopics(world)
    .values()
    .filter(ofSubscription)
    .map(({ id, name, location, tags }) => ({ id, name, type: 'Microsoft.EventGrid/systemTopics', location, tags }))
  const others = otherResources(world)
    .values()
    .filter(ofSubscription)
    .map(({ id, name, type, location, tags }) => ({ id, name, type, location, ...(tags && { tags }) }))
  return [...keyVaults, ...topics, ...others]
}

/** Equality of names and types, joined by `and`. https://learn.microsoft.com/rest/api/resources/resources/list */
function filterOf(filter: string | undefined): (resource: GenericResource) => boolean {
  if (filter === undefined || filter === '') return () => true
  const clauses = filter.split(' and ').map((clause) => {
    const [, field, value] = /^(resourceType|name|resourceGroup) eq '([^']+)'$/i.exec(clause) ?? []
    if (field === undefined || value === undefined)
      throw new AzureError(
        400,
        'InvalidFilterInQueryString',
        `Invalid $filter '${filter}' specified in the query string.`
      )
    return { field: field.toLowerCase(), value: value.toLowerCase() }
  })
  return (resource) => clauses.every(({ field, value }) => valueOf(resource, field).toLowerCase() === value)
}

function valueOf({ id, name, type }: GenericResource, field: string): string {
  if (field === 'name') return name
  return field === 'resourcetype' ? type : (/\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? '')
}
