import { policyAssignments, policyDefinitions, policyExemptions } from '../../local/azure/arm/authorization/policies.ts'
import { arm, type Conversation } from './conversation.ts'

const provider = '/providers/Microsoft.Authorization'
const texts = { displayName: 'D', description: 'What it is for', metadata: { category: 'General' } }
const versions = { version: '1.0.0', versions: ['1.0.0'] }

/** Asks for definitions, assignments and exemptions as they are published and written: `sub` is where, by ARM id. */
export async function askAboutPolicies({ say, world }: Conversation, sub: string): Promise<void> {
  for (const at of ['', sub]) {
    const id = `${at}${provider}/policyDefinitions/d`
    policyDefinitions(world).set(id.toLowerCase(), { id, name: 'd', properties: definition })
    const setId = `${at}${provider}/policySetDefinitions/s`
    policyDefinitions(world).set(setId.toLowerCase(), { id: setId, name: 's', properties: initiativeOf(id) })
    await say({ method: 'GET', url: arm(id, '2023-04-01') })
    await say({ method: 'GET', url: arm(setId, '2023-04-01') })
  }
  for (const [name, enforcementMode, exemptionCategory] of [
    ['a', 'Default', 'Waiver'],
    ['b', 'DoNotEnforce', 'Mitigated']
  ] as const) {
    const id = `${sub}${provider}/policyAssignments/${name}`
    const properties = { ...assigned, scope: sub, notScopes: [sub], enforcementMode }
    policyAssignments(world).set(id.toLowerCase(), { id, name, location: 'westus2', identity: {}, properties })
    const exemptionId = `${sub}${provider}/policyExemptions/${name}`
    const exempted = { ...exemption, policyAssignmentId: id, exemptionCategory }
    policyExemptions(world).set(exemptionId.toLowerCase(), { id: exemptionId, name, properties: exempted })
  }
  await say({ method: 'GET', url: `${arm(`${sub}${provider}/policyAssignments`, '2023-04-01')}&$filter=atScope()` })
  await say({
    method: 'GET',
    url: `${arm(`${sub}${provider}/policyExemptions`, '2022-07-01-preview')}&$filter=atScope()`
  })
}

const definition = {
  ...texts,
  ...versions,
  policyType: 'BuiltIn',
  mode: 'Indexed',
  parameters: { listOfAllowedLocations: { type: 'Array' }, effect: { type: 'String', defaultValue: 'Deny' } },
  policyRule: { if: { field: 'location' }, then: { effect: "[parameters('effect')]" } }
}

const initiativeOf = (policyDefinitionId: string) => ({
  ...texts,
  ...versions,
  policyType: 'BuiltIn',
  parameters: { effect: { type: 'String' } },
  policyDefinitionGroups: [{ name: 'group' }],
  policyDefinitions: [
    {
      policyDefinitionId,
      policyDefinitionReferenceId: 'd',
      definitionVersion: '1.*.*',
      parameters: {},
      groupNames: ['group']
    }
  ]
})

const selectors = [{ kind: 'resourceLocation', in: ['westus2'] }]

const assigned = {
  ...texts,
  policyDefinitionId: `${provider}/policyDefinitions/d`,
  definitionVersion: '1.*.*',
  parameters: {},
  nonComplianceMessages: [{ message: 'No' }],
  resourceSelectors: [{ name: 'one', selectors }],
  overrides: [{ kind: 'policyEffect', value: 'Audit', selectors }]
}

const exemption = {
  ...texts,
  policyDefinitionReferenceIds: ['d'],
  expiresOn: '2030-01-01T00:00:00Z',
  resourceSelectors: [{ name: 'one', selectors }]
}
