import { AzureError, type Route, type SimulatedRequest, type Surroundings } from '../../core/service.ts'
import { isObject, readJson } from '../read-json.ts'
import { authorize, openSubscription } from './authorize.ts'
import { exemptionVersions, policyAssignments, policyExemptions, type PolicyRecord } from './policies.ts'
import { subscriptionOf } from './role-views.ts'

const provider = '/providers/Microsoft.Authorization'
const ACTIONS = 'Microsoft.Authorization/policyExemptions'
const path = `/{*scope}${provider}/policyExemptions/{name}`

/** https://learn.microsoft.com/rest/api/policyauthorization/policy-exemptions */
export const exemptionRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path,
    operation: 'policyExemptions.createOrUpdate',
    apiVersions: exemptionVersions,
    handle: (request, { scope = '', name = '' }, around) => {
      const id = opened(request, { scope, name, verb: 'write' }, around)
      const { properties } = readJson(request)
      const asked = isObject(properties) ? properties : {}
      requireCategory(asked['exemptionCategory'])
      const assignmentId = String(asked['policyAssignmentId'])
      const assignment = policyAssignments(around.world).get(assignmentId.toLowerCase())
      if (!assignment)
        throw refused('InvalidCreatePolicyExemptionRequest', `no assignment has the id '${assignmentId}'`)
      // https://learn.microsoft.com/azure/governance/policy/concepts/exemption-structure#required-permissions
      const action = 'Microsoft.Authorization/policyAssignments/exempt/action'
      authorize({ request, around, action, scope: assignment.id })
      const known = policyExemptions(around.world)
      const status = known.has(id.toLowerCase()) ? 200 : 201
      const record: PolicyRecord = { id, name, properties: { ...asked, policyAssignmentId: assignment.id } }
      known.set(id.toLowerCase(), record)
      return { status, json: view(record) }
    }
  },
  {
    method: 'GET',
    path,
    operation: 'policyExemptions.get',
    apiVersions: exemptionVersions,
    handle: (request, { scope = '', name = '' }, around) => {
      const found = policyExemptions(around.world).get(
        opened(request, { scope, name, verb: 'read' }, around).toLowerCase()
      )
      if (found) return { status: 200, json: view(found) }
      throw new AzureError(404, 'PolicyExemptionNotFound', `The policy exemption '${name}' is not found.`)
    }
  },
  {
    method: 'DELETE',
    path,
    operation: 'policyExemptions.delete',
    apiVersions: exemptionVersions,
    handle: (request, { scope = '', name = '' }, around) => {
      const id = opened(request, { scope, name, verb: 'delete' }, around).toLowerCase()
      if (!policyExemptions(around.world).has(id)) return { status: 204 }
      policyExemptions(around.world).delete(id)
      return { status: 200 }
    }
  }
]

interface Asked {
  readonly scope: string
  readonly name: string
  readonly verb: 'read' | 'write' | 'delete'
}

/** Its ARM id. */
function opened(request: SimulatedRequest, { scope: asked, name, verb }: Asked, around: Surroundings): string {
  const scope = `/${asked}`
  openSubscription(subscriptionOf(scope), { request, around, action: `${ACTIONS}/${verb}`, scope })
  return `${scope}${provider}/policyExemptions/${name}`
}

function requireCategory(category: unknown): void {
  if (category === 'Waiver' || category === 'Mitigated') return
  throw refused('InvalidPolicyExemption', `the category '${String(category)}' is not one of Waiver, Mitigated`)
}

const refused = (code: string, why: string): AzureError =>
  new AzureError(400, code, `The policy exemption create request is invalid: ${why}.`)

const view = (record: PolicyRecord): object => ({ ...record, type: 'Microsoft.Authorization/policyExemptions' })
