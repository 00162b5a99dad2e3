import { describe, expect, test } from 'vitest'
import { administersGroup, administratorsApartChecks } from '../../../src/domain/checks/administrators-apart.ts'
import type { AdministratorSeen } from '../../../src/domain/checks/administrators-of-both.ts'
import { findingsOf } from '../holding.ts'

const above = '/providers/Microsoft.Management/managementGroups/root'
const held = (scope: string, more: Partial<AdministratorSeen> = {}): AdministratorSeen => ({
  objectId: 'somebody',
  kind: 'person',
  roleName: 'Owner',
  scope,
  ...more
})
const expected = { subscriptionId: '1', resourceGroup: 'g' }
type Held = readonly AdministratorSeen[]
const found = (own: Held, other: Held) =>
  findingsOf(administratorsApartChecks, { own, other }, expected)['administrators-apart']
const one = [held('/subscriptions/1')]
const two = [held('/subscriptions/2/resourceGroups/g')]

const kinds = ['person', 'group', 'program', 'partner', 'emergency'] as const
const ways: readonly (readonly [string, Held, Held])[] = [
  ['was given both', one, two],
  ['was given both and inherits them besides', [...one, held(above)], [...two, held(above)]],
  ['was given one and may take on the other', one, [held('/subscriptions/2', { isEligible: true })]],
  [
    'may take on both',
    [held('/subscriptions/1', { isEligible: true })],
    [held('/subscriptions/2', { isEligible: true })]
  ],
  ['is in a group of one and was given the other', [held('/subscriptions/1', { through: 'group' })], two],
  ['was given one and inherits the other', [...one, held(above)], [held(above)]],
  [
    'may take on from above what it was given in one',
    [...one, held('/', { isEligible: true })],
    [held('/', { isEligible: true })]
  ],
  ['inherits both', [held('/')], [held('/')]]
]

describe('whoever administers both slots is a finding of both halves', () => {
  const cases = ways.flatMap(([way, own, other]) =>
    kinds.map((kind) => {
      const as = (seen: Held) => seen.map((each) => ({ ...each, kind }))
      return { way, kind, own: as(own), other: as(other) }
    })
  )
  test.each(cases)('a $kind that $way', ({ way, kind, own, other }) => {
    const overridable =
      ['program', 'partner', 'emergency'].includes(kind) || /inherits (the other|both)|from above/.test(way)
    expect([found(own, other), found(other, own)]).toMatchObject([{ overridable }, { overridable }])
    expect(found(own, other)?.observed).toMatch(/^somebody \(/)
  })
})

test('who is in one slot alone is no finding, and whoever is not known by kind is taken for a person', () => {
  expect(found(one, [held('/subscriptions/2', { objectId: 'another' })])).toBeUndefined()
})

test('everybody is named, whatever their number, in an order that Azure’s lists do not change', () => {
  const many = Array.from({ length: 60 }, (_, index) => held('/', { objectId: `id-${String(index).padStart(2, '0')}` }))
  const observed = found(many, many)?.observed ?? ''
  for (const { objectId } of many) expect(observed).toContain(objectId)
  expect(found(many.toReversed(), many)?.observed).toBe(observed)
})

test('the cure takes from those who may not stay, as they hold it', () => {
  const through = held('/subscriptions/1', { through: 'a-group' })
  const remedy = (own: Held) => found(own, two)?.remedy
  expect(remedy(one)).toContain('az role assignment delete --assignee somebody --role "Owner" --scope /subscriptions/1')
  expect(remedy([through])).toContain('az ad group member remove --group a-group --member-id somebody')
  expect(remedy([held('/subscriptions/1', { isEligible: true })])).toContain('under Privileged Identity Management')
})

test('less than changing a vault administers its group as well; reading it does not', () => {
  const administers = (action: string) => administersGroup({ actions: [action] })
  for (const action of [
    'Microsoft.KeyVault/vaults/accessPolicies/write',
    'microsoft.keyvault/vaults/*',
    'Microsoft.KeyVault/vaults/delete',
    '*/delete',
    'Microsoft.Authorization/roleAssignments/write',
    'Microsoft.Resources/subscriptions/resourceGroups/delete'
  ])
    expect([action, administers(action)]).toEqual([action, true])
  expect(administers('Microsoft.KeyVault/vaults/read')).toBe(false)
  expect(administers('*/read')).toBe(false)
})
