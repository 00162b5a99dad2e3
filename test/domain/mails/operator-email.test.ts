import { describe, expect, test } from 'vitest'
import type { Task } from '../../../src/domain/tasks/task.ts'
import type { Slot } from '../../../src/domain/terms/evidence.ts'
import { aliasEmail } from '../../../src/domain/mails/alias-email.ts'
import {
  breachEmail,
  cancelledEmail,
  doneEmail,
  escalationEmail,
  findingsEmail,
  reminderEmail,
  startedEmail,
  tasksAgainEmail,
  tasksEmail
} from '../../../src/domain/mails/operator-email.ts'
import { offersOf, planOf, threeWorkloads } from '../examples.ts'

const plan = planOf(threeWorkloads())
const sla = { zone: 'America/Los_Angeles', extraHolidays: [], businessDays: 5 }
const about = { plan, sla, appUrl: 'https://ck-contoso.azurewebsites.net', banner: 'REHEARSAL' }
const features = plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: 'Pending' }))
const wait = { features, due: '2026-12-01T18:13:00.000Z' }
const operators = ['alice@contoso.com', 'bob@contoso.com']
const first = aliasEmail({ plan, workload: 'exchange', offers: offersOf(plan), features })
const now = '2026-11-30T18:00:00.000Z'
const finding = {
  check: 'vault-premium',
  code: 'vault-premium-a',
  requirement: 'R28',
  resource: 'Contoso-CK-EX-VaultA1',
  means: 'The vault is not Premium.'
} as const

const approving = (slot: Slot): Task => ({ kind: 'approve', slot })

const toOperators = {
  started: startedEmail(about, 'alice@contoso.com'),
  tasks: tasksEmail(about, 'approvals', [approving(1), approving(2)]),
  'tasks again': tasksAgainEmail(about, {
    tasks: [{ kind: 'offer', workload: 'exchange' }],
    since: '2026-11-25T17:00:00.000Z',
    now
  }),
  findings: findingsEmail(about, { findings: [finding], more: 0, now }),
  reminder: reminderEmail(about, wait),
  breach: breachEmail(about, { ...wait, number: 1 }),
  cancelled: cancelledEmail(about, { by: 'alice@contoso.com', reason: 'we begin anew' }),
  done: doneEmail(about, { name: 'contoso-1/hand-off.md', sha256: 'ab12' })
}

describe.each(Object.entries(toOperators))('a mail of kind %s', (_kind, mail) => {
  test('goes to the operators of both slots, marked as a rehearsal in subject and both texts', () => {
    expect(mail.to).toEqual(operators)
    expect(mail.subject).toMatch(/^REHEARSAL · Customer Key for contoso\.onmicrosoft\.com: /)
    expect(mail.text).toMatch(/^REHEARSAL\n/)
    expect(mail.html).toContain('<p><strong>REHEARSAL</strong></p>')
  })

  test('says where: the page as a link, and the command', () => {
    const page = `https://ck-contoso.azurewebsites.net/api/ui/onboardings/${plan.id}`
    expect(mail.text).toMatch(new RegExp(`Where \\(or ckey [a-z]+ ${plan.id}\\): ${page}`))
    expect(mail.html).toContain(`<a href="${page}`)
  })
})

test('tasks are named with those they are asked of, each slot’s own', () => {
  const { subject, text } = toOperators.tasks
  expect(subject).toContain('2 answers awaited (Approvals)')
  expect(text).toContain('  Approve slot 1: asked of alice@contoso.com\n  Approve slot 2: asked of bob@contoso.com\n')
  expect(toOperators['tasks again'].text).toContain('asked of alice@contoso.com and bob@contoso.com')
  expect(toOperators['tasks again'].text).toContain('since Wed 25 Nov 09:00 (America/Los_Angeles)')
})

test('findings are listed, and how many more there are', () => {
  const { subject, text } = findingsEmail(about, { findings: [finding], more: 3, now })
  expect(subject).toContain('4 findings need an operator (Mon 30 Nov)')
  expect(text).toContain('  vault-premium-a: Contoso-CK-EX-VaultA1 (R28)\n  and 3 more\n')
  expect(text).toContain('What that means:\n\n  vault-premium: The vault is not Premium.\n')
  expect(text).toContain('ckey runbook')
})

test('without the app’s address a mail names the path', () => {
  const { text } = startedEmail({ ...about, appUrl: undefined }, 'alice@contoso.com')
  expect(text).toContain(`Where: /api/ui/onboardings/${plan.id}/plan of the app, or ckey status ${plan.id}`)
})

test('a reminder and a breach name due moment and states', () => {
  for (const mail of [toOperators.reminder, toOperators.breach]) {
    expect(mail.text).toContain('Tue 1 Dec 10:13 (America/Los_Angeles)')
    expect(mail.text.match(/: Pending$/gm)).toHaveLength(2)
  }
})

test('an escalation goes to the alias alone and quotes the first mail whole', () => {
  const mail = escalationEmail(about, { ...wait, number: 1 }, first)
  expect(mail.to).toEqual([first.to])
  expect(mail.text).toContain(`Subject: ${first.subject}`)
  for (const line of first.text.split('\n').filter((each) => each !== '')) expect(mail.text).toContain(`> ${line}`)
  expect(mail.text).not.toContain('azurewebsites.net')
})

test('a later escalation says which one it is', () => {
  expect(escalationEmail(about, { ...wait, number: 3 }, first).subject).toMatch(/\(mail 3 about it\)$/)
  expect(breachEmail(about, { ...wait, number: 3 }).subject).toMatch(/\(mail 3 about it\)$/)
})

test('the last mail names the policies and where the hand-off lies', () => {
  for (const { id } of plan.policies) expect(toOperators.done.text).toContain(id)
  expect(toOperators.done.text).toContain('contoso-1/hand-off.md')
})

test('what people have written is text in HTML too', () => {
  const { html } = startedEmail(about, '<b>&"mallory"@contoso.com')
  expect(html).toContain('&lt;b&gt;&amp;&quot;mallory&quot;@contoso.com has started')
})
