import { expect, test } from 'vitest'
import { everNamed, namedNow, planNow } from '../../../src/domain/plan/replacements.ts'
import { planOf, threeWorkloads } from '../examples.ts'

const plan = planOf(threeWorkloads())
const [alice, anna, andy] = ['alice@contoso.com', 'anna@contoso.com', 'andy@contoso.com'] as const
const [at, later] = ['2026-11-24T09:00:00.000Z', '2026-11-25T09:00:00.000Z'] as const

test('who took over acts for the slot, as operator and where the other was administrator too; the digest stays', () => {
  const now = planNow(plan, [{ slot: 1, leaves: alice, joins: anna, at }])
  expect(now.slots[0]).toMatchObject({ operators: [anna], administrators: [anna] })
  expect([now.slots[1], now.digest, now.policies]).toEqual([plan.slots[1], plan.digest, plan.policies])
})

test('who took over may be replaced in turn, whichever is heard of first, and nobody is named twice', () => {
  const both = { ...plan, slots: [{ ...plan.slots[0], operators: [alice, andy] }, plan.slots[1]] } as const
  const now = planNow(both, [
    { slot: 1, leaves: anna, joins: andy, at: later },
    { slot: 1, leaves: alice, joins: anna, at }
  ])
  expect(now.slots[0].operators).toEqual([andy])
})

test('the other slot has a person of the same name alone', () => {
  expect(planNow(plan, [{ slot: 2, leaves: alice, joins: anna, at }]).slots[0].operators).toEqual(
    plan.slots[0].operators
  )
})

test('who has not confirmed the plan yet is named and does not act, nor does who left', () => {
  const replaced = [{ slot: 1, leaves: alice, joins: anna, at, unread: true }] as const
  expect(planNow(plan, replaced).slots[0]).toMatchObject({ operators: [], administrators: [] })
  expect(namedNow(plan, replaced).slots[0]).toMatchObject({ operators: [anna], administrators: [anna] })
})

test('who takes over and never confirms the plan may be replaced in turn', () => {
  const replaced = [
    { slot: 1, leaves: alice, joins: anna, at, unread: true },
    { slot: 1, leaves: anna, joins: andy, at: later }
  ] as const
  expect(planNow(plan, replaced).slots[0].operators).toEqual([andy])
})

test('who comes back confirms the plan again, whatever they had confirmed before they left', () => {
  const latest = '2026-11-26T09:00:00.000Z'
  const replaced = [
    { slot: 1, leaves: alice, joins: anna, at },
    { slot: 1, leaves: anna, joins: alice, at: later, unread: true }
  ] as const
  expect(planNow(plan, replaced).slots[0].operators).toEqual([])
  const back = [...replaced, { slot: 1, leaves: alice, joins: anna, at: latest }] as const
  expect(planNow(plan, back).slots[0].operators).toEqual([anna])
})

test('whoever stood for a slot, or came to stand for it, is remembered for good', () => {
  const replaced = [{ slot: 1, leaves: alice, joins: anna, at }] as const
  expect(everNamed(plan, replaced, 1)).toEqual(expect.arrayContaining([alice, anna]))
  expect(everNamed(plan, replaced, 2)).not.toContain(anna)
})
