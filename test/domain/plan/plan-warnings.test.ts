import { expect, test } from 'vitest'
import { usualDeployment } from '../../../src/domain/plan/deployment.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { noticesOf } from '../../../src/domain/plan/plan-warnings.ts'
import { notices } from '../../../src/domain/requirements/requirement-table.ts'
import { matching } from '../matching.ts'
import { planOf, threeWorkloads } from '../examples.ts'

/** What a plan's own notices are, beside those of every plan: who may do what is in each. */
const ownNotices = (plan: Plan) => noticesOf(plan).slice(notices.length)
const besideTheGuard = (plan: Plan) => ownNotices(plan).filter(({ id }) => id !== 'R33')

function inRegions(first: string, second: string) {
  const request = threeWorkloads()
  Object.assign(request.subscriptions[0] ?? {}, { region: first })
  Object.assign(request.subscriptions[1] ?? {}, { region: second })
  return besideTheGuard(planOf(request))
}

test('two regions of one geography that are not paired need no word of their own', () => {
  expect(inRegions('westus2', 'eastus2')).toEqual([])
})

test.each([
  ['eastus', 'westus'],
  ['eastus2', 'centralus'],
  ['canadaeast', 'canadacentral']
])('%s and %s are paired', (first, second) => {
  expect(inRegions(first, second)).toEqual([
    { id: 'R31', title: matching(new RegExp(`^${first} and ${second} are paired`)) }
  ])
})

test.each([
  ['premium', 'Premium'],
  ['standard', 'Standard and keys software keys']
])('a test with %s vaults says so', (sku, said) => {
  const plan = planOf({ ...threeWorkloads(), purpose: 'test', sku })
  expect(besideTheGuard(plan)).toEqual([
    {
      id: 'R28',
      title: `TEST, not for production: vaults are ${said}, and the checks let Standard vaults and software keys pass`
    }
  ])
})

test('people who send the mails are told so before they approve', () => {
  const plan = planOf({ ...threeWorkloads(), mail: 'person' })
  expect(noticesOf(plan)).toContainEqual({ id: 'R22', title: matching(/^People send the mails to Microsoft/) })
  expect(noticesOf(planOf(threeWorkloads())).map(({ id }) => id)).not.toContain('R22')
})

test('a recipient in the place of an alias of Microsoft is said to those who approve, and is part of the digest', () => {
  const aliases = { exchange: 'nobody@elsewhere.example', sharepoint: 'SPOCK@microsoft.com' }
  const plan = planOf(threeWorkloads(), { ...usualDeployment, aliases })
  expect(besideTheGuard(plan)).toEqual([
    { id: 'R22', title: matching(/exchange .* go to nobody@elsewhere\.example instead of Microsoft’s alias exock@/) }
  ])
  expect(plan.notices).toEqual(noticesOf(plan))
  expect(plan.digest).not.toBe(planOf(threeWorkloads()).digest)
})

test('a region that the app does not know is a person’s to judge', () => {
  expect(inRegions('westus2', 'moonbase1')).toEqual([
    { id: 'R31', title: matching(/^Whether moonbase1 lies in the geography/) }
  ])
})

test('a geography that the app does not know is a person’s to judge', () => {
  const policies = [{ workload: 'sharepoint', scope: 'XYZ' }]
  expect(besideTheGuard(planOf({ ...threeWorkloads(), namePrefix: 'C', policies }))).toEqual([
    { id: 'R31', title: matching(/^Whether XYZ is a geography of Microsoft 365, .* is yours to say/) }
  ])
})

test('drills tell what they cost and leave behind, and stores that hold no immutability are called so', () => {
  const plan = planOf(threeWorkloads(), { ...usualDeployment, drills: true, immutability: 'not-available' })
  expect(besideTheGuard(plan)).toEqual([
    {
      id: 'R45',
      title: matching(
        /each of the 6 keys is restored once .* a usable copy stays until a person deletes that vault, and costs/
      )
    },
    { id: 'R45', title: matching(/^Backups are NOT immutable/) }
  ])
})

test.each([
  [
    'access-policies',
    /^Access policies guard each vault.* Microsoft’s service get, wrapKey and unwrapKey; this app get, list, create, update/
  ],
  [
    'rbac',
    /^Roles of Azure RBAC guard each vault.* Microsoft’s service list, get, wrapKey and unwrapKey; .* Nobody may delete or purge$/
  ]
])('who may do what under %s is said', (authorization, said) => {
  expect(ownNotices(planOf({ ...threeWorkloads(), authorization }))).toEqual([{ id: 'R33', title: matching(said) }])
})

test('who makes the keys is said where it is not the app', () => {
  expect(besideTheGuard(planOf({ ...threeWorkloads(), keys: 'imported' }))).toEqual([
    { id: 'R40', title: matching(/all 6 keys and import each/) }
  ])
})
