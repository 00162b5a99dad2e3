import { describe, expect, test } from 'vitest'
import { policyAssignments, policyDefinitions, policyExemptions } from '../../local/azure/arm/authorization/policies.ts'
import harmless from '../../src/azure/harmless-definitions.json' with { type: 'json' }
import { expectContractFault } from '../contract/watch.ts'
import { matching } from '../domain/matching.ts'
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

function exempt(name: string, properties: object, at = sub): void {
  const id = `${at}${provider}/policyExemptions/${name}`
  policyExemptions(simulation.simulated.world).set(id.toLowerCase(), { id, name, properties })
}

const vault = `${sub}/resourceGroups/customer-key/providers/Microsoft.KeyVault/vaults/ck-1`
const look = { now, written: [vault] }

const policies = async () =>
  (await simulation.azure.slot(1).policies.listForSubscription(subscriptionIds[1], look)).value

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

// Without a filter the list has these too: https://learn.microsoft.com/rest/api/policyauthorization/policy-assignments/list
test('what is assigned to the group or the resource of the plan rules there, and what is assigned beside it nothing', async () => {
  const policyDefinitionId = `${provider}/policyDefinitions/one`
  const holder = `${sub}/resourceGroups/Customer-Key`
  assign('on-group', holder, { policyDefinitionId })
  assign('on-vault', vault, { policyDefinitionId })
  assign('on-other-group', `${sub}/resourceGroups/customer-key-2`, { policyDefinitionId: 'never read' })
  const below = async () => (await policies()).filter(({ scope }) => scope !== '')
  expect((await below()).map(({ assignment, scope }) => [assignment, scope])).toEqual([
    ['on-group', holder],
    ['on-vault', vault]
  ])
  const policyAssignmentId = `${holder}${provider}/policyAssignments/on-group`
  exempt('beside', { policyAssignmentId, exemptionCategory: 'Waiver' }, `${sub}/resourceGroups/other`)
  exempt('one-vault', { policyAssignmentId, exemptionCategory: 'Waiver' }, vault)
  expect((await below())[0]?.exceptions.map(({ scope }) => scope)).toEqual([`${sub}/resourceGroups/other`, vault])
  const all = policyAssignments(simulation.simulated.world)
  for (const { id } of all.values()) if (/\/on-[a-z-]+$/.test(id)) all.delete(id.toLowerCase())
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

describe('as Azure’s own definitions are published', () => {
  const listed = async (name: string) => (await policies()).filter(({ assignment }) => assignment === name)
  const allowed = {
    mode: 'Indexed',
    parameters: { listOfAllowedLocations: { type: 'Array' }, effect: { type: 'String', defaultValue: 'Deny' } },
    policyRule: {
      if: { field: 'location', notIn: "[parameters('listOfAllowedLocations')]" },
      then: { effect: "[parameters('effect')]" }
    }
  }

  // 900 of the 5,009 published have such: https://github.com/Azure/azure-policy (built-in-policies)
  test('a parameter without a default is what the assignment says, and else not there', async () => {
    define('policyDefinitions', 'allowed', allowed)
    const policyDefinitionId = `${provider}/policyDefinitions/allowed`
    assign('places', group, { policyDefinitionId, parameters: { listOfAllowedLocations: { value: ['uksouth'] } } })
    assign('no-places', group, { policyDefinitionId })
    expect(await listed('places')).toMatchObject([
      { effect: 'deny', parameters: { listOfAllowedLocations: ['uksouth'] } }
    ])
    expect(await listed('no-places')).toMatchObject([{ effect: 'deny', condition: allowed.policyRule.if }])
    define('policySetDefinitions', 'places', {
      parameters: { where: { type: 'Array' }, what: { type: 'String' } },
      policyDefinitions: [
        {
          policyDefinitionId,
          parameters: { listOfAllowedLocations: { value: "[concat(parameters('where'), createArray('global'))]" } }
        }
      ]
    })
    const parameters = { where: { value: ['uksouth'] } }
    assign('by-set', group, { policyDefinitionId: `${provider}/policySetDefinitions/places`, parameters })
    expect(await listed('by-set')).toMatchObject([{ parameters: { listOfAllowedLocations: ['uksouth', 'global'] } }])
  })

  test('one that does not fit, or that is not shown, is a doubt about that one and hides no other', async () => {
    for (const part of ['policyRule is no object', 'policyDefinitionId is no string']) expectContractFault(part)
    define('policyDefinitions', 'odd', { displayName: 'Odd', policyRule: 'none' })
    assign('odd', group, { policyDefinitionId: `${provider}/policyDefinitions/odd` })
    assign('gone', group, { policyDefinitionId: `${provider}/policyDefinitions/gone` })
    assign('gone-set', group, { policyDefinitionId: `${provider}/policySetDefinitions/gone` })
    const crooked = assign('crooked', group, { policyDefinitionId: 7 })
    expect(await listed('odd')).toMatchObject([
      { title: 'Odd', effect: '', doubt: matching(/does not fit at \/policyRule/) }
    ])
    expect(await listed('gone')).toMatchObject([{ doubt: matching(/404 PolicyDefinitionNotFound/) }])
    expect(await listed('gone-set')).toMatchObject([{ doubt: matching(/404 PolicySetDefinitionNotFound/) }])
    expect(await listed('crooked')).toMatchObject([{ doubt: matching(/does not fit/) }])
    expect(await listed('places')).toHaveLength(1)
    policyAssignments(simulation.simulated.world).delete(crooked.toLowerCase())
    policyAssignments(simulation.simulated.world).delete(crooked.toLowerCase().replace('crooked', 'odd'))
  })

  // https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure#overrides
  test('an override is of the members that it names, and may be of places', async () => {
    define('policySetDefinitions', 'two', {
      policyDefinitions: ['a', 'b'].map((name) => ({
        policyDefinitionId: `${provider}/policyDefinitions/allowed`,
        policyDefinitionReferenceId: name,
        parameters: { effect: { value: 'Audit' } }
      }))
    })
    const selectors = [
      { kind: 'policyDefinitionReferenceId', in: ['B'] },
      { kind: 'resourceLocation', in: ['uksouth'] }
    ]
    assign('overridden', group, {
      policyDefinitionId: `${provider}/policySetDefinitions/two`,
      overrides: [{ kind: 'policyEffect', value: 'Deny', selectors }]
    })
    expect(await listed('overridden')).toMatchObject([
      { effect: 'audit', overrides: [{ effect: 'deny', selectors: [{ kind: 'resourceLocation' }] }] }
    ])
  })

  // The kinds: https://learn.microsoft.com/javascript/api/@azure/arm-policy/knownoverridekind
  test('an override of the version counts as the version that is assigned', async () => {
    define('policyDefinitions', 'versioned', { ...effectOf('Deny'), policyType: 'BuiltIn', version: '2.1.0' })
    const policyDefinitionId = `${provider}/policyDefinitions/versioned`
    const versions = (value: string, selectors: object[] = []) => [{ kind: 'DefinitionVersion', value, selectors }]
    const some = [{ kind: 'resourceLocation', in: ['uksouth'] }]
    assign('older', group, { policyDefinitionId, definitionVersion: '2.*.*', overrides: versions('1.*.*') })
    assign('newer', group, { policyDefinitionId, definitionVersion: '1.*.*', overrides: versions('2.*.*') })
    assign('partly', group, { policyDefinitionId, definitionVersion: '2.*.*', overrides: versions('1.*.*', some) })
    expect(await listed('older')).toMatchObject([{ doubt: matching(/version 1.*Azure shows 2.1.0/) }])
    expect((await listed('newer'))[0]?.doubt).toBeUndefined()
    expect(await listed('partly')).toMatchObject([{ doubt: matching(/version 1/) }])
  })

  test('a management group that is left out may be one that the subscription is in', async () => {
    const policyDefinitionId = `${provider}/policyDefinitions/one`
    const parameters = { effect: { value: 'Deny' } }
    const other = group.replace('root', 'sandboxes')
    assign('but-sandboxes', group, { policyDefinitionId, parameters, notScopes: [other] })
    expect(await listed('but-sandboxes')).toMatchObject([{ doubt: matching(/leaves out sandboxes/) }])
    assign('in-sandboxes', other, { policyDefinitionId, parameters })
    expect(await listed('but-sandboxes')).toEqual([])
    assign('but-a-group', sub, { policyDefinitionId, parameters, notScopes: [`${sub}/resourceGroups/rg`] })
    expect(await listed('but-a-group')).toMatchObject([{ exceptions: [{ scope: `${sub}/resourceGroups/rg` }] }])
  })
})

// Both at github.com/Azure/azure-policy: "Transparent Data Encryption on SQL databases should be enabled", whose id is no GUID,
// and "Azure Key Vaults should use private link", which has a parameter `effect` beside the one that decides.
test('Azure’s own are known by any id, and their effect by the parameter that they take it from', async () => {
  const [sql, link] = ['17k78e20-9358-41c9-923c-fb736d382a12', 'a6abeaec-4d90-4a02-805f-6b26c4d3fbe9']
  const given = (definition: string, parameters: object) => {
    assign('known', sub, { policyDefinitionId: `${provider}/policyDefinitions/${definition}`, parameters })
    return policies().then((all) => all.filter(({ assignment }) => assignment === 'known'))
  }
  expect(await given(sql, {})).toEqual([])
  expect(await given(link, { audit_effect: { value: 'Disabled' } })).toEqual([])
  expect(await given(link, { effect: { value: 'Deny' } })).toEqual([])
  expect(await given(link, { audit_effect: { value: 'Deny' } })).toMatchObject([{ doubt: matching(/404/) }])
})

test('somebody’s own is read where anything that it is given may refuse or change, whatever that is called', async () => {
  const id = `${sub}${provider}/policyDefinitions/hard`
  policyDefinitions(simulation.simulated.world).set(id.toLowerCase(), {
    ...{ id, name: 'hard' },
    properties: {
      policyType: 'Custom',
      parameters: { effect: { defaultValue: 'Audit' }, hardness: { defaultValue: 'Audit' } },
      policyRule: { if: {}, then: { effect: "[parameters('hardness')]" } }
    }
  })
  const given = (value: string) => {
    const parameters = { effect: { value: 'AUDIT' }, hardness: { value } }
    assign('by-hardness', sub, { policyDefinitionId: id, parameters })
    return policies().then((all) => all.filter(({ assignment }) => assignment === 'by-hardness'))
  }
  expect(await given('dENY')).toMatchObject([{ effect: 'deny' }])
  expect(await given('Audit')).toEqual([])
})

// NIST SP 800-53 R5 is as large: https://learn.microsoft.com/azure/governance/policy/samples/nist-sp-800-53-r5
test('of an initiative of hundreds only what may bear on the plan is read, once a day for both slots', async () => {
  const known = Object.entries(harmless.harmless).flatMap(([major, ids]) =>
    (ids.match(/.{32}/g) ?? []).map((id) => ({ id, definitionVersion: `${major}.*.*` }))
  )
  const firewall = 'ac673a9a-f77d-4846-b2d8-a57f8e1c01dc'
  const modifies = { if: { field: 'type', equals: 'Microsoft.KeyVault/vaults' }, then: { effect: 'modify' } }
  define('policyDefinitions', firewall, { policyType: 'BuiltIn', version: '1.1.1', policyRule: modifies })
  define('policySetDefinitions', 'large', {
    policyType: 'BuiltIn',
    policyDefinitions: [
      ...known.slice(0, 618).map(({ id, definitionVersion }) => ({
        policyDefinitionId: `${provider}/policyDefinitions/${id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`,
        definitionVersion
      })),
      { policyDefinitionId: `${provider}/policyDefinitions/${firewall}`, definitionVersion: '1.*.*' }
    ]
  })
  const assigned = policyAssignments(simulation.simulated.world)
  for (const { id } of assigned.values()) assigned.delete(id.toLowerCase())
  for (const id of Object.values(subscriptionIds))
    assign('large', `/subscriptions/${id}`, { policyDefinitionId: `${provider}/policySetDefinitions/large` })
  let reads = 0
  simulation.simulated.onAnswered(({ operation }) => void (reads += operation.endsWith('getBuiltIn') ? 1 : 0))
  const bySlots = await Promise.all(
    ([1, 2] as const).map((slot) =>
      simulation.azure.slot(slot).policies.listForSubscription(subscriptionIds[slot], look)
    )
  )
  expect(bySlots.map(({ value }) => value.map(({ definition }) => definition))).toEqual([[firewall], [firewall]])
  expect(reads).toBe(2)
  await policies()
  expect(reads).toBe(2)
})
