import { expect, test } from 'vitest'
import { policyAssignments, policyDefinitions, policyExemptions } from '../../local/azure/arm/authorization/policies.ts'
import { subscriptionIds, useSimulation } from './simulation.ts'

const simulation = useSimulation()
const provider = '/providers/Microsoft.Authorization'
const group = '/providers/Microsoft.Management/managementGroups/root'
const sub = `/subscriptions/${subscriptionIds[1]}`
const now = '2026-11-02T17:00:00.000Z'

function define(type: string, name: string, properties: object): void {
  const id = `${provider}/${type}/${name}`
  policyDefinitions(simulation.simulated.world).set(id.toLowerCase(), { id, name, properties })
}

function assign(name: string, at: string, properties: object): string {
  const id = `${at}${provider}/policyAssignments/${name}`
  policyAssignments(simulation.simulated.world).set(id.toLowerCase(), { id, name, properties })
  return id
}

function exempt(name: string, properties: object): void {
  const id = `${sub}${provider}/policyExemptions/${name}`
  policyExemptions(simulation.simulated.world).set(id.toLowerCase(), { id, name, properties })
}

const policies = async () =>
  (await simulation.azure.slot(1).policies.listForSubscription(subscriptionIds[1], now)).value

const effectOf = (value: string) => ({
  parameters: { effect: { defaultValue: value } },
  policyRule: { if: {}, then: { effect: "[parameters('Effect')]" } }
})

test('a subscription that nobody rules has no policies', async () => {
  expect(await policies()).toEqual([])
})

test('the effect of a rule is that of the assignment, and the definition’s own where the assignment says nothing', async () => {
  define('policyDefinitions', 'one', effectOf('Audit'))
  assign('by-default', group, { policyDefinitionId: `${provider}/policyDefinitions/one` })
  assign('sharp', sub, {
    policyDefinitionId: `${provider}/policyDefinitions/one`,
    parameters: { effect: { value: 'Deny' } }
  })
  expect((await policies()).map(({ assignment, effect }) => [assignment, effect])).toEqual([
    ['by-default', 'audit'],
    ['sharp', 'deny']
  ])
})

test('what is not enforced, left out or assigned to another subscription rules nothing', async () => {
  const policyDefinitionId = `${provider}/policyDefinitions/one`
  assign('asleep', sub, { policyDefinitionId, enforcementMode: 'DoNotEnforce' })
  assign('left-out', group, { policyDefinitionId, notScopes: [sub.toUpperCase()] })
  assign('elsewhere', `/subscriptions/${subscriptionIds[2]}`, { policyDefinitionId })
  expect((await policies()).map(({ assignment }) => assignment)).toEqual(['by-default', 'sharp'])
})

test('an exemption ends a rule until it expires itself', async () => {
  const policyAssignmentId = `${sub}${provider}/policyAssignments/sharp`.toUpperCase()
  exempt('past', { policyAssignmentId, exemptionCategory: 'Waiver', expiresOn: '2026-11-02T16:59:59Z' })
  expect((await policies()).map(({ assignment }) => assignment)).toContain('sharp')
  exempt('future', { policyAssignmentId, exemptionCategory: 'Waiver', expiresOn: '2026-11-02T17:00:01Z' })
  expect((await policies()).map(({ assignment }) => assignment)).not.toContain('sharp')
})

test('members of an initiative take their parameters through it, and may be exempted one by one', async () => {
  define('policyDefinitions', 'two', {
    ...effectOf('Deny'),
    parameters: { effect: { defaultValue: 'Deny' }, listOfAllowedLocations: { defaultValue: [] } }
  })
  define('policySetDefinitions', 'set', {
    parameters: { sharpness: { defaultValue: 'Audit' }, places: { defaultValue: ['westus2'] } },
    policyDefinitions: [
      {
        policyDefinitionId: `${provider}/policyDefinitions/two`,
        policyDefinitionReferenceId: 'places',
        parameters: {
          effect: { value: "[parameters('sharpness')]" },
          listOfAllowedLocations: { value: "[parameters('places')]" }
        }
      },
      { policyDefinitionId: `${provider}/policyDefinitions/two`, policyDefinitionReferenceId: 'plain' }
    ]
  })
  const id = assign('initiative', sub, {
    policyDefinitionId: `${provider}/policySetDefinitions/set`,
    parameters: { sharpness: { value: 'Deny' } }
  })
  const members = async () => (await policies()).filter(({ assignment }) => assignment === 'initiative')
  expect(
    (await members()).map(({ definition, effect, parameters }) => [
      definition,
      effect,
      parameters['listOfAllowedLocations']
    ])
  ).toEqual([
    ['two', 'deny', ['westus2']],
    ['two', 'deny', []]
  ])
  exempt('member', { policyAssignmentId: id, exemptionCategory: 'Mitigated', policyDefinitionReferenceIds: ['places'] })
  expect((await members()).map(({ parameters }) => parameters['listOfAllowedLocations'])).toEqual([[]])
})
