import { policyAssignments, policyDefinitions, policyExemptions } from '../../local/azure/arm/authorization/policies.ts'
import type { Spoil } from './spoil.ts'

const provider = '/providers/Microsoft.Authorization'

export interface AssignedPolicy {
  readonly subscriptionId: string
  /** The resource group that it is assigned to; the subscription where nothing is said. */
  readonly group?: string
  /** Name of the definition: a GUID for Azure's own. */
  readonly definition: string
  readonly rule: object
  /** e.g. `Microsoft.KeyVault.Data`; `All` where nothing is said. */
  readonly mode?: string
  /** `Deny` where nothing is said. */
  readonly effect?: string
  readonly parameters?: Readonly<Record<string, { readonly value: unknown }>>
}

/** Assigns a policy that refuses; the cure is the exemption that the remedy asks for. */
export const assigned =
  ({
    subscriptionId,
    group,
    definition,
    rule,
    mode = 'All',
    effect = 'Deny',
    parameters = {}
  }: AssignedPolicy): Spoil =>
  ({ world }) => {
    const definitionId = `${provider}/policyDefinitions/${definition}`
    const scope = `/subscriptions/${subscriptionId}${group === undefined ? '' : `/resourceGroups/${group}`}`
    const id = `${scope}${provider}/policyAssignments/guard-${definition}`
    const policyRule = { if: rule, then: { effect: "[parameters('effect')]" } }
    policyDefinitions(world).set(definitionId.toLowerCase(), {
      id: definitionId,
      name: definition,
      properties: {
        displayName: `Policy ${definition}`,
        mode,
        // As Azure's own have them: most parameters have no default.
        parameters: { effect: { type: 'String', defaultValue: effect }, ...named(parameters) },
        policyRule
      }
    })
    policyAssignments(world).set(id.toLowerCase(), {
      id,
      name: `guard-${definition}`,
      properties: { displayName: 'Landing zone', policyDefinitionId: definitionId, parameters }
    })
    return () =>
      policyExemptions(world).set(id.toLowerCase(), {
        id: `${scope}${provider}/policyExemptions/customer-key-${definition}`,
        name: `customer-key-${definition}`,
        properties: { policyAssignmentId: id, exemptionCategory: 'Waiver' }
      })
  }

const named = (parameters: object): object =>
  Object.fromEntries(Object.keys(parameters).map((name) => [name, { type: 'Array' }]))
