import { AzureError, type Route, type SimulatedResponse } from '../../core/service.ts'
import type { Collection, World } from '../../core/world.ts'
import { resourceGroups } from '../resources/records.ts'
import { openSubscription } from './authorize.ts'
import { subscriptionOf } from './role-views.ts'

/** What Azure Lighthouse delegates to another tenant: roles of its people, which no list of role assignments has. */
export interface DelegationRecord {
  /** GUID. */
  readonly name: string
  /** A subscription or a resource group. */
  readonly scope: string
  readonly managedByTenantId: string
  readonly authorizations: readonly DelegatedAuthorization[]
  /** Which they may take on. */
  readonly eligibleAuthorizations?: readonly DelegatedAuthorization[]
}

interface DelegatedAuthorization {
  readonly principalId: string
  /** GUID. */
  readonly roleDefinitionId: string
}

/** By GUID, lower-case. */
export const delegations = (world: World): Collection<DelegationRecord> => world.collection('delegations')

const provider = '/providers/Microsoft.ManagedServices'

/** https://learn.microsoft.com/rest/api/managedservices/registration-assignments/list */
export const delegationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `/{*scope}${provider}/registrationAssignments`,
    operation: 'registrationAssignments.list',
    apiVersions: ['2022-10-01'],
    handle: (request, { scope = '' }, around): SimulatedResponse => {
      const at = `/${scope}`
      const action = 'Microsoft.ManagedServices/registrationAssignments/read'
      openSubscription(subscriptionOf(at), { request, around, action, scope: at })
      const [, group] = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)$/i.exec(at) ?? []
      if (group !== undefined && resourceGroups(around.world).get(at.toLowerCase()) === undefined)
        throw new AzureError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`)
      const isExpanded = request.query.get('$expandregistrationdefinition') === 'true'
      const found = delegations(around.world)
        .values()
        .filter((each) => each.scope.toLowerCase() === at.toLowerCase())
      return { status: 200, json: { value: found.map((each) => view(each, isExpanded)) } }
    }
  }
]

function view(record: DelegationRecord, isExpanded: boolean): object {
  const { name, scope, managedByTenantId, authorizations, eligibleAuthorizations } = record
  const definition = `/subscriptions/${subscriptionOf(scope)}${provider}/registrationDefinitions/${name}`
  const properties = {
    registrationDefinitionName: 'Managed by a partner',
    managedByTenantId,
    managedByTenantName: 'A partner',
    authorizations,
    ...(eligibleAuthorizations === undefined ? {} : { eligibleAuthorizations }),
    provisioningState: 'Succeeded'
  }
  return {
    id: `${scope}${provider}/registrationAssignments/${name}`,
    name,
    type: 'Microsoft.ManagedServices/registrationAssignments',
    properties: {
      registrationDefinitionId: definition,
      provisioningState: 'Succeeded',
      ...(isExpanded ? { registrationDefinition: { id: definition, name, properties } } : {})
    }
  }
}
