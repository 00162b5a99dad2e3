import { expect, test } from 'vitest'
import { mostInCopy } from '../../../src/domain/mails/mail-copies.ts'
import { officerReplacedEmail } from '../../../src/domain/mails/officer-email.ts'
import { replacedEmail } from '../../../src/domain/mails/replaced-email.ts'
import { planOf, threeWorkloads } from '../examples.ts'

const plan = planOf(threeWorkloads())
const people = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${String(index)}@contoso.com`)
const crowded = {
  ...plan,
  slots: [
    { ...plan.slots[0], operators: people('one', 30) },
    { ...plan.slots[1], operators: people('two', 30) }
  ] as const
}
const told = {
  stage: 'proposed',
  at: '2026-11-30T18:00:00.000Z',
  slot: 1,
  leaves: 'a@contoso.com',
  joins: 'b@contoso.com',
  by: 'bob@contoso.com',
  reason: 'Left.'
} as const
const officers = people('officer', 10)

test('no crowd of operators takes the room of those who look on from outside', () => {
  const { to, cc = [] } = replacedEmail({ plan: crowded }, told, officers)
  expect([to.length + cc.length, cc.slice(0, 10)]).toEqual([mostInCopy + 1, officers])
})

test('no crowd from outside takes the room of the operators', () => {
  const { cc = [] } = replacedEmail({ plan: crowded }, told, people('officer', 60))
  expect(cc.filter((address) => /^(one|two)/.test(address)).length).toBeGreaterThan(20)
})

const change = {
  leaves: 'olga@contoso.com',
  joins: 'omar@contoso.com',
  earlier: ['olga@contoso.com', 'oscar@contoso.com'],
  by: 'bob@contoso.com',
  reason: 'Olga retires'
}

test('who leaves as an officer is written to with everybody who ever was one and all operators, and not the newcomer', () => {
  const { to, cc = [], text } = officerReplacedEmail({ plan }, { ...change, stage: 'announced' })
  expect([to, cc[0]]).toEqual([['olga@contoso.com'], 'oscar@contoso.com'])
  expect(cc).toEqual(expect.arrayContaining(plan.slots.flatMap(({ operators }) => operators)))
  expect([...to, ...cc]).not.toContain('omar@contoso.com')
  expect(text).toContain('Olga retires')
})

test('the newcomer is written to alone', () => {
  const mail = officerReplacedEmail({ plan }, { ...change, stage: 'stands' })
  expect([mail.to, mail.cc]).toEqual([['omar@contoso.com'], []])
})
