import { describe, expect, test } from 'vitest'
import { plannedWrites } from '../../../src/domain/checks/planned-writes.ts'
import { policyChecks } from '../../../src/domain/checks/policy.ts'
import { rulingsOn } from '../../../src/domain/checks/policy-rulings.ts'
import type { AssignedPolicy } from '../../../src/domain/resources/assigned-policy.ts'
import { covers } from '../../../src/domain/terms/evidence.ts'
import { facts } from '../../contract/facts.ts'
import { planOf, sample } from '../examples.ts'
import { findingsOf } from '../holding.ts'
import { matching } from '../matching.ts'

const keysMustExpire = '152b15f7-8e1f-4c1f-ab71-8c010ba5dbc0'
const now = '2026-11-02T17:00:00.000Z'
const request = { ...sample('one-workload'), tags: { CostCenter: '4711' } }
const target = { region: 'westus2', endpoint: 'https://app', deadLetterIdentity: 'identity', deadLetterStore: 'store' }
const writes = plannedWrites({
  plan: planOf(request),
  slot: 1,
  onboarding: 'contoso-1',
  now,
  isMade: false,
  events: () => target
})

const policy = (condition: unknown, change: Partial<AssignedPolicy> = {}): AssignedPolicy => ({
  assignmentId: '/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/a',
  scope: '',
  assignment: 'Landing zone',
  definition: 'own',
  title: 'A rule',
  effect: 'deny',
  overrides: [],
  mode: 'Indexed',
  condition,
  details: undefined,
  parameters: {},
  selectors: [],
  exceptions: [],
  ...change
})

const found = (...policies: AssignedPolicy[]) =>
  findingsOf(policyChecks, { rulings: rulingsOn(policies, { writes, now }) }, { subscriptionId: 's' })

test('a policy that is assigned to a resource group or to one resource rules what lies there, and nothing beside it', () => {
  const [holder, , aKey] = writes.map(({ id }) => id)
  const on = (scope = '') => codes(policy(vaults, { scope }))
  expect(on(holder?.toUpperCase())).toEqual(['policy-other'])
  expect(on(`${holder ?? ''}-2`)).toEqual([])
  expect(on(aKey?.replace(/\/keys\/.*/, ''))).toEqual(['policy-other'])
  expect(on(aKey)).toEqual([])
  // No document says whether one to a group rules the group itself: a person may know.
  expect(found(policy(group, { scope: holder ?? '', mode: 'All' }))['policy-other']).toMatchObject({
    overridable: true
  })
  const except = (scope = '') => codes(policy(vaults, { exceptions: [{ scope, selectors: [] }] }))
  expect([except(holder), except(`${holder ?? ''}-2`)]).toEqual([[], ['policy-other']])
})

// All that asks Azure is held to these in every journey: test/contract/watch.ts
test('what is written names the version that Azure is asked in, where Resource Manager is asked', () => {
  const { resources, vaults: keyVault, eventGrid } = facts.sources
  expect(writes.map(({ apiVersion }) => apiVersion)).toEqual([
    resources?.version,
    keyVault?.version,
    undefined,
    eventGrid?.version,
    eventGrid?.version
  ])
})

test('a policy that changes is observed with what it changes, and as another one once its rule is another', () => {
  const field = 'Microsoft.KeyVault/vaults/publicNetworkAccess'
  const modifies = (value: string, name = field) =>
    policy(vaults, { effect: 'modify', details: { operations: [{ operation: 'addOrReplace', field: name, value }] } })
  const observed = (...policies: AssignedPolicy[]) => found(...policies)['policy-rewrites']?.observed ?? ''
  expect(observed(modifies('Disabled'))).toContain(`changes Microsoft.KeyVault/vaults in ${field}`)
  const all = [
    modifies('Disabled'),
    modifies('SecuredByPerimeter'),
    modifies('true', 'Microsoft.KeyVault/vaults/enableRbacAuthorization')
  ]
  expect(new Set(all.map((each) => observed(each))).size).toBe(3)
  // One of two: what was said of both is said of neither alone, and what was said of one never of both.
  const [one, two] = all.map((each) => observed(each))
  expect(covers({ code: 'c', observed: `${one ?? ''}; ${two ?? ''}` }, { code: 'c', observed: one ?? '' })).toBe(false)
  expect(covers({ code: 'c', observed: one ?? '' }, { code: 'c', observed: `${one ?? ''}; ${two ?? ''}` })).toBe(false)
})

// https://learn.microsoft.com/azure/governance/policy/concepts/effect-modify#modify-operations
test('an operation changes only where its condition holds, and one that surely does is not hidden by another', () => {
  const field = 'Microsoft.KeyVault/vaults/publicNetworkAccess'
  const rewrites = (...conditions: (string | undefined)[]) =>
    codes(
      policy(vaults, {
        effect: 'modify',
        details: {
          operations: conditions.map((condition) => ({
            ...{ operation: 'addOrReplace', field, value: 'Disabled' },
            ...(condition !== undefined && { condition })
          }))
        }
      })
    )
  const unknown = "[ipRangeContains('10.0.0.0/8', '1.2.3.4')]"
  expect([rewrites("[equals('a', 'b')]"), rewrites("[equals('a', 'a')]"), rewrites(unknown)]).toEqual([
    [],
    ['policy-rewrites'],
    ['policy-rewrites']
  ])
  const observed = found(
    policy(vaults, {
      effect: 'modify',
      details: {
        operations: [
          { operation: 'addOrReplace', field, value: 'Disabled', condition: unknown },
          { operation: 'addOrReplace', field, value: 'Disabled' }
        ]
      }
    })
  )['policy-rewrites']?.observed
  expect(observed).toContain(' changes ')
})

test('what has no place of its own may be global or nowhere, and nobody knows which', () => {
  const subscription = 'Microsoft.EventGrid/systemTopics/eventSubscriptions'
  const notHere = {
    allOf: [
      { field: 'type', equals: subscription },
      { field: 'location', notEquals: 'global' }
    ]
  }
  expect(found(policy(notHere, { mode: 'All' }))).toMatchObject({
    'policy-locations': {
      ...{ overridable: true, observed: matching(/may refuse or change/) },
      remedy: matching(/^Ask for an exemption/)
    }
  })
})

test('every assignment that refuses gets an exemption of its own, of no more than it rules', () => {
  const scope = '/subscriptions/s/resourceGroups/rg'
  const here = writes.map((write) => ({ ...write, id: `${scope}/${write.name}` }))
  const other = { assignmentId: `${scope}/providers/Microsoft.Authorization/policyAssignments/b`, scope }
  const rulings = rulingsOn([policy(vaults), policy(vaults, other)], { writes: here, now })
  const { remedy = '' } = findingsOf(policyChecks, { rulings }, { subscriptionId: 's' })['policy-other'] ?? {}
  const exemption = 'az policy exemption create --name'
  expect(remedy).toContain(`${exemption} customer-key --scope /subscriptions/s --exemption-category Waiver`)
  expect(remedy).toContain(
    `${exemption} customer-key-2 --scope ${scope} --exemption-category Waiver --policy-assignment ${other.assignmentId},`
  )
})

const codes = (...policies: AssignedPolicy[]) => Object.keys(found(...policies))

const vaults = { field: 'type', equals: 'Microsoft.KeyVault/vaults' }
const group = { field: 'type', equals: 'Microsoft.Resources/subscriptions/resourceGroups' }
const ofKeys = { mode: 'Microsoft.KeyVault.Data' }
const key = (name: string): string => `Microsoft.KeyVault.Data/vaults/keys/${name}`
const tagged = "[concat('tags[', parameters('tagName'), ']')]"

// Shapes of conditions are those of Azure's own definitions: https://github.com/Azure/azure-policy (built-in-policies)
describe('Azure Policy', () => {
  test.each<[string, AssignedPolicy]>([
    ['other types', policy({ field: 'type', like: 'Microsoft.Compute/*' })],
    [
      'other types by their aliases alone',
      policy({ field: 'Microsoft.Compute/virtualMachines/sku.name', equals: 'B1' })
    ],
    ['regions that the plan has', policy({ field: 'location', notIn: ['West US 2', 'eastus2'] })],
    [
      'types that the plan has',
      policy(
        { not: { field: 'type', in: "[parameters('types')]" } },
        { parameters: { types: ['Microsoft.KeyVault/vaults', 'microsoft.eventgrid/systemtopics'] } }
      )
    ],
    [
      'a tag that the request gives',
      policy({ field: tagged, exists: 'false' }, { parameters: { tagName: 'costcenter' } })
    ],
    [
      'vaults that can be purged',
      policy({ allOf: [vaults, { field: 'Microsoft.KeyVault/vaults/enablePurgeProtection', notEquals: true }] })
    ],
    ['keys outside of an HSM', policy({ field: key('keyType'), notContains: '-HSM' }, ofKeys)],
    ['keys about to expire', policy({ field: key('attributes.expiresOn'), less: '[addDays(utcNow(), 30)]' }, ofKeys)],
    ['keys, in a mode that sees none', policy({ field: 'type', like: '*/keys' }, { mode: 'All' })],
    ['deletions', policy(vaults, { effect: 'denyaction', details: { actionNames: ['delete'] } })],
    ['people who sign in weakly', policy({ value: "[tryGet(requestContext().identity, 'idtyp')]", equals: 'user' })],
    [
      'firewall rules that nobody makes',
      policy({ count: { field: 'Microsoft.KeyVault/vaults/networkAcls.ipRules[*]' }, greater: 0 })
    ],
    ['nothing, but reports vaults', policy(vaults, { effect: 'audit' })]
  ])('may rule %s', (_title, each) => {
    expect(found(each)).toEqual({})
  })

  test.each<[string, string, AssignedPolicy]>([
    [
      'regions',
      'policy-locations',
      policy({
        allOf: [
          { field: 'location', notIn: ['westeurope'] },
          { field: 'location', notEquals: 'global' }
        ]
      })
    ],
    [
      'regions of groups',
      'policy-locations',
      policy({ allOf: [group, { field: 'location', notIn: ['westeurope'] }] }, { mode: 'All' })
    ],
    [
      'the SKU',
      'policy-sku',
      policy({ allOf: [vaults, { field: 'Microsoft.KeyVault/vaults/sku.name', notEquals: 'standard' }] })
    ],
    ['a tag', 'policy-tags', policy({ field: tagged, exists: 'false' }, { parameters: { tagName: 'Owner' } })],
    ['the value of a tag', 'policy-tags', policy({ not: { field: "tags['CostCenter']", equals: '0815' } })],
    [
      'a tag of groups',
      'policy-tags',
      policy({ allOf: [group, { field: 'tags.Owner', exists: false }] }, { mode: 'All' })
    ],
    ['a number of tags', 'policy-tags', policy({ value: "[less(length(field('tags')), 9)]", equals: 'true' })],
    ['types', 'policy-other', policy({ not: { field: 'type', in: ['Microsoft.Compute/virtualMachines'] } })],
    [
      'types named by a parameter',
      'policy-other',
      policy(
        {
          allOf: [
            { field: 'type', in: "[parameters('no')]" },
            { value: "[field('type')]", exists: true }
          ]
        },
        { parameters: { no: ['Microsoft.KeyVault/vaults'] }, mode: 'All' }
      )
    ],
    ['names', 'policy-other', policy({ not: { field: 'name', match: 'kv-####' } })],
    [
      'any network',
      'policy-other',
      policy({ field: 'Microsoft.KeyVault/vaults/publicNetworkAccess', equals: 'enabled' })
    ],
    [
      'vaults by the version they are asked in', // as Azure's own "Key Vault should have firewall enabled"
      'policy-other',
      policy({
        allOf: [
          { value: '[requestContext().apiVersion]', greaterOrEquals: '2021-06-01-preview' },
          { field: 'Microsoft.KeyVault/vaults/publicNetworkAccess', notEquals: 'Disabled' }
        ]
      })
    ],
    [
      'access policies',
      'policy-other',
      policy({ allOf: [vaults, { field: 'Microsoft.KeyVault/vaults/enableRbacAuthorization', equals: 'false' }] })
    ],
    [
      'small keys',
      'policy-other',
      policy(
        {
          allOf: [
            { field: key('keyType'), like: 'RSA*' },
            { field: key('keySize'), less: 3072 }
          ]
        },
        ofKeys
      )
    ]
  ])('that refuses %s is found before, and nobody overrides it', (_title, code, each) => {
    expect(found(each)).toEqual({
      [code]: expect.objectContaining({
        overridable: false,
        observed: matching(/"A rule" \(deny, rule [0-9a-f]+\) by assignment "Landing zone" refuses Microsoft/)
      }) as unknown
    })
  })

  test.each<[string, AssignedPolicy]>([
    [
      'the firewall of vaults',
      policy(vaults, {
        effect: 'modify',
        details: {
          operations: [
            { operation: 'addOrReplace', field: 'Microsoft.KeyVault/vaults/networkAcls.defaultAction', value: 'Deny' }
          ]
        }
      })
    ],
    [
      'tags',
      policy(
        { field: 'tags.Owner', exists: false },
        { effect: 'append', details: [{ field: 'tags.Owner', value: 'me' }] }
      )
    ]
  ])('that changes %s is a finding that a person may override', (_title, each) => {
    expect(found(each)).toMatchObject({
      'policy-rewrites': { overridable: true, observed: matching(/changes Microsoft/) }
    })
    expect(found({ ...each, details: { operations: [] } })).not.toHaveProperty('policy-tags')
  })

  // https://learn.microsoft.com/azure/governance/policy/concepts/effect-append
  test('that would append another value than is written refuses, and what it adds to a list changes it', () => {
    const acls = 'Microsoft.KeyVault/vaults/networkAcls'
    const appends = (field: string, value: unknown) =>
      found(policy(vaults, { effect: 'append', details: [{ field, value }] }))
    expect(appends(`${acls}.defaultAction`, 'Deny')).toMatchObject({ 'policy-other': { overridable: false } })
    expect(appends('tags.CostCenter', 'other')).toMatchObject({ 'policy-other': { overridable: false } })
    expect(appends(`${acls}.ipRules[*]`, { value: '40.40.40.40' })).toMatchObject({ 'policy-rewrites': {} })
    expect(appends(`${acls}.defaultAction`, 'allow')).toEqual({})
  })

  test('that would write what is written anyway changes nothing', () => {
    const operations = [
      { operation: 'addOrReplace', field: 'Microsoft.KeyVault/vaults/publicNetworkAccess', value: 'Enabled' }
    ]
    expect(found(policy(vaults, { effect: 'modify', details: { operations } }))).toEqual({})
  })

  test('that hands down a tag of the group changes what has none, and leaves the tags of the request', () => {
    const inherits = (tagName: string) =>
      policy(
        {
          allOf: [
            { field: tagged, exists: 'false' },
            { value: "[resourceGroup().tags[parameters('tagName')]]", notEquals: '' }
          ]
        },
        {
          effect: 'modify',
          parameters: { tagName },
          details: { operations: [{ operation: 'add', field: tagged, value: 'x' }] }
        }
      )
    expect(found(inherits('CostCenter'))).toEqual({})
    expect(found(inherits('Owner'))).toMatchObject({ 'policy-rewrites': { overridable: true } })
  })

  test.each<[string, Partial<AssignedPolicy>]>([
    ['a parameter that nobody gave', { condition: { field: 'location', in: "[parameters('places')]" } }],
    [
      'a function that only Azure can compute',
      { condition: { value: "[ipRangeContains('10.0.0.0/8', '1.2.3.4')]", equals: true } }
    ],
    [
      'a function that tells capitals apart and a text that only they tell apart',
      { condition: { value: "[contains(field('type'), 'VAULTS')]", equals: true } }
    ],
    ['an operator that is not known', { condition: { field: 'name', rhymesWith: 'vault' } }],
    ['no condition at all', { condition: {} }],
    ['an effect that cannot be told', { effect: '', condition: vaults }],
    [
      'a definition that could not be read',
      { condition: undefined, effect: '', doubt: 'its definition could not be read (403 AuthorizationFailed)' }
    ]
  ])('with %s may refuse, and a person says whether it does', (_title, change) => {
    const [finding] = Object.values(found(policy(vaults, change)))
    expect(finding).toMatchObject({ overridable: true, observed: matching(/"Landing zone" may refuse or change/) })
  })

  test('beyond the third is told from another in its place: no override of the one covers the other', () => {
    const named = (title: string) => policy({}, { title })
    const observed = (last: string) => found(...['a', 'b', 'c', last].map(named))['policy-other']?.observed
    expect(observed('d')).toMatch(/; 1 more \(sum [0-9a-f]+\)$/)
    expect(observed('d')).not.toBe(observed('e'))
  })

  test('that cannot be told hides no other', () => {
    expect(codes(policy({}), policy({ field: 'location', notIn: ['westeurope'] }))).toEqual([
      'policy-locations',
      'policy-other'
    ])
  })
})

describe('Azure Policy that wants keys to expire', () => {
  const expires = { field: key('attributes.expiresOn'), exists: false }

  test('is in the way, whatever is overridden', () => {
    expect(found(policy(expires, { ...ofKeys, definition: keysMustExpire }))).toMatchObject({
      'policy-key-expiry': {
        requirement: 'R42',
        overridable: false,
        remedy: matching(/az policy exemption create .* --policy-assignment \/subscriptions\/s\/.*policyAssignments\/a/)
      }
    })
  })

  // The field of Azure's own: https://learn.microsoft.com/azure/key-vault/general/troubleshoot-azure-policy-for-key-vault
  test('may be of people’s own making', () => {
    expect(codes(policy(expires, ofKeys))).toEqual(['policy-key-expiry'])
    const greater = { field: key('attributes.expiresOn'), greater: '2030-01-01T00:00:00Z' }
    expect(codes(policy({ anyOf: [expires, greater] }, ofKeys))).toEqual(['policy-key-expiry'])
  })

  test('may be overridden where it only audits, read or not, and is nothing when it is off', () => {
    const audits = { definition: keysMustExpire, effect: 'audit', mode: '', condition: undefined }
    expect(found(policy(undefined, audits))).toMatchObject({ 'policy-key-expiry': { overridable: true } })
    expect(found(policy(expires, { ...ofKeys, effect: 'audit' }))).toMatchObject({
      'policy-key-expiry': { overridable: true }
    })
    expect(found(policy(undefined, { ...audits, effect: 'disabled' }))).toEqual({})
  })

  test('by a maximum age lets a key be made, and minds it ever after', () => {
    const old = { value: '[utcNow()]', greater: `[addDays(field('${key('attributes.createdOn')}'), 365)]` }
    expect(codes(policy(old, { ...ofKeys, definition: 'c26e4b24-cf98-4c67-b48b-5a25c4c69eb9' }))).toEqual([
      'policy-key-expiry'
    ])
    expect(codes(policy(old, ofKeys))).toEqual([])
  })
})

// https://learn.microsoft.com/azure/governance/policy/concepts/assignment-structure
describe('an assignment of Azure Policy', () => {
  const refuses = (change: Partial<AssignedPolicy>) => codes(policy(vaults, change)).length > 0

  test('rules what its selectors take in: all of one, of any', () => {
    const of = (kind: string, values: readonly string[]) => ({ selectors: [{ kind, in: values }] })
    expect(refuses({ selectors: [of('resourceLocation', ['eastus'])] })).toBe(false)
    expect(
      refuses({ selectors: [of('resourceLocation', ['eastus']), of('resourceType', ['microsoft.keyvault/vaults'])] })
    ).toBe(true)
    expect(refuses({ selectors: [{ selectors: [{ kind: 'resourceLocation', notIn: ['West US 2'] }] }] })).toBe(false)
    expect(found(policy(vaults, { selectors: [of('userPrincipalId', ['x'])] }))).toMatchObject({
      'policy-other': { overridable: true }
    })
  })

  test('has another effect where the first override takes a resource in', () => {
    const override = (effect: string, places: readonly string[]) => ({
      effect,
      selectors: [{ kind: 'resourceLocation', in: places }]
    })
    expect(refuses({ overrides: [override('audit', ['westus2'])] })).toBe(false)
    expect(refuses({ overrides: [override('audit', ['eastus'])] })).toBe(true)
    expect(
      refuses({ effect: 'audit', overrides: [override('deny', ['westus2']), override('audit', ['westus2'])] })
    ).toBe(true)
  })

  test('leaves out what lies in a scope that it names', () => {
    const [, vault] = writes
    const scope = vault?.id.split('/providers/')[0]?.toUpperCase() ?? ''
    expect(refuses({ exceptions: [{ scope, selectors: [] }] })).toBe(false)
    expect(refuses({ exceptions: [{ scope: `${scope}-other`, selectors: [] }] })).toBe(true)
    expect(
      refuses({
        exceptions: [{ scope: '', selectors: [{ selectors: [{ kind: 'resourceLocation', in: ['eastus'] }] }] }]
      })
    ).toBe(true)
  })

  test('that refuses only what nothing waits on may be overridden', () => {
    expect(found(policy({ field: 'type', equals: 'Microsoft.EventGrid/systemTopics' }))).toMatchObject({
      'policy-other': { overridable: true }
    })
  })
})
