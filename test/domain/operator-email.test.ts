import { expect, test } from 'vitest'
import { aliasEmail } from '../../src/domain/alias-email.ts'
import { doneEmail, escalationEmail, reminderEmail } from '../../src/domain/operator-email.ts'
import { offersOf, planOf, threeWorkloads } from './examples.ts'

const plan = planOf(threeWorkloads())
const features = plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: 'Pending' }))
const wait = { plan, features, due: '2026-12-01T18:13:00.000Z', zone: 'America/Los_Angeles' }
const operators = ['alice@contoso.com', 'bob@contoso.com']

test('a reminder goes to the operators and names due moment and states', () => {
  const mail = reminderEmail(wait)
  expect(mail.to).toEqual(operators)
  expect(mail.text).toContain('Tue 1 Dec 10:13 (America/Los_Angeles)')
  expect(mail.text.match(/: Pending$/gm)).toHaveLength(2)
})

const first = aliasEmail({ plan, workload: 'exchange', offers: offersOf(plan), features })

test('an escalation goes to the alias and to the operators, and quotes the first mail', () => {
  const mail = escalationEmail({ ...wait, first, number: 1 })
  expect(mail.to).toEqual(['exock@microsoft.com', ...operators])
  expect(mail.subject).toBe('Customer Key for contoso.onmicrosoft.com: the five business days are over')
  expect(mail.text).toContain(`Subject: ${first.subject}`)
  for (const line of first.text.split('\n').filter((each) => each !== '')) expect(mail.text).toContain(`> ${line}`)
})

test('a later escalation says which one it is', () => {
  expect(escalationEmail({ ...wait, first, number: 3 }).subject).toMatch(/\(mail 3 about it\)$/)
})

test('the last mail names the policies and where the hand-off lies', () => {
  const mail = doneEmail({ plan, handOff: 'contoso-1/hand-off.md' })
  expect(mail.to).toEqual(operators)
  for (const { id } of plan.policies) expect(mail.text).toContain(id)
  expect(mail.text).toContain('contoso-1/hand-off.md')
})

test('a rehearsal’s mails are marked in subject and text', () => {
  for (const mail of [
    reminderEmail({ ...wait, banner: 'REHEARSAL' }),
    escalationEmail({ ...wait, first, number: 1, banner: 'REHEARSAL' }),
    doneEmail({ plan, handOff: 'x', banner: 'REHEARSAL' })
  ]) {
    expect(mail.subject).toMatch(/^REHEARSAL · /)
    expect(mail.text).toMatch(/^REHEARSAL\n/)
  }
})
