import { describe, expect, test } from 'vitest'
import { allChecks } from '../../../src/domain/checks/all-checks.ts'
import { expectedDates } from '../../../src/domain/calendar/expected-dates.ts'
import { slaInWords, type SlaRules } from '../../../src/domain/calendar/sla.ts'
import { aliasEmail } from '../../../src/domain/mails/alias-email.ts'
import { officerReplacedEmail } from '../../../src/domain/mails/officer-email.ts'
import { replacedEmail } from '../../../src/domain/mails/replaced-email.ts'
import { confirmationEmail, takenOverEmail, verdictEmail } from '../../../src/domain/mails/minute-emails.ts'
import {
  breachEmail,
  cancelledEmail,
  doneEmail,
  escalationEmail,
  findingsEmail,
  reminderEmail,
  startedEmail,
  tasksAgainEmail,
  tasksEmail,
  type OperatorEmail
} from '../../../src/domain/mails/operator-email.ts'
import type { Letter } from '../../../src/domain/mails/operator-letters.ts'
import { requirementTable } from '../../../src/domain/requirements/requirement-table.ts'
import { chapters } from '../../../src/domain/state/chapters.ts'
import { kindOf } from '../../../src/domain/tasks/task-kinds.ts'
import { offersOf, planOf, threeWorkloads } from '../examples.ts'
import { strayDays } from '../day-counts.ts'
import { eachTask } from '../tasks.ts'

test.each([
  [1, 'one business day'],
  [5, 'five business days'],
  [12, 'twelve business days'],
  [13, '13 business days'],
  [60, '60 business days']
])('%d is said as %s', (businessDays, words) => {
  expect(slaInWords({ businessDays })).toBe(words)
})

test('a stray count of days is found, whichever way it is written', () => {
  expect(strayDays('the five business days, 5 days, a five-day wait, 90 days, 7 days', 7)).toEqual([
    'five business days',
    '5 days',
    'five-day'
  ])
})

const plan = planOf(threeWorkloads())

describe.each([1, 3, 7, 60])('where the setting is %d', (businessDays) => {
  const sla: SlaRules = { zone: 'America/Los_Angeles', extraHolidays: [], businessDays }

  test.each(Object.entries(mailsBy(sla)))(
    'a mail of kind %s speaks of no other number of days',
    (_, { subject, text }) => {
      expect(strayDays(`${subject}\n${text}`, businessDays)).toEqual([])
    }
  )

  test('a reminder and an escalation say the number', () => {
    const { reminder, escalation } = mailsBy(sla)
    expect(reminder.text).toContain(`the wait of ${slaInWords(sla)} then begins anew`)
    expect(escalation.subject).toMatch(
      businessDays === 1 ? /the one business day is over$/ : new RegExp(`the ${slaInWords(sla)} are over$`)
    )
  })

  test('no title of a requirement, no chapter, no form and no check speaks of another number of days', () => {
    const forms = eachTask.flatMap((task) => {
      const { form, steps } = kindOf(task)
      return [form.title(task), form, ...steps(task)]
    })
    const texts = JSON.stringify([
      requirementTable,
      chapters,
      forms,
      allChecks.map(({ means, afterwards, look, findings }) => [
        means,
        afterwards,
        look,
        findings().map(({ cure }) => cure)
      ])
    ])
    expect(strayDays(texts, businessDays)).toEqual([])
  })

  test('expected dates say it too', () => {
    const titles = expectedDates('2026-11-23T17:00:00.000Z', sla).map(({ title }) => title)
    expect(titles.flatMap((title) => strayDays(title, businessDays))).toEqual([])
    expect(titles.join('\n')).toMatch(new RegExp(`\\(${businessDays} business days?\\)`))
  })
})

/** One mail of each kind: the compiler asks for a kind that is not here. */
function mailsBy(sla: SlaRules): Readonly<Record<Letter['kind'], Pick<OperatorEmail, 'subject' | 'text'>>> {
  const about = { plan, sla, appUrl: 'https://ck-contoso.azurewebsites.net' }
  const features = plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: 'Pending' }))
  const wait = { features, due: '2026-12-01T18:13:00.000Z' }
  const now = '2026-11-30T18:00:00.000Z'
  const finding = {
    check: 'vault-premium',
    means: 'It is not Premium.',
    code: 'vault-premium-a',
    requirement: 'R28',
    resource: 'Contoso-CK-EX-VaultA1'
  } as const
  const confirmation = {
    giver: { upn: 'alice@contoso.com', oid: 'a' },
    minute: '2026-11-30T18:00',
    said: [{ id: '1', task: 'cancel', at: now, verdict: 'late', why: 'It is over.' }]
  } as const
  const first = aliasEmail({ plan, workload: 'exchange', offers: offersOf(plan), features })
  return {
    started: startedEmail(about, 'alice@contoso.com'),
    tasks: tasksEmail(about, 'approvals', eachTask),
    'tasks-again': tasksAgainEmail(about, { tasks: eachTask, since: '2026-11-25T17:00:00.000Z', now }),
    findings: findingsEmail(about, { findings: [finding], more: 0, now }),
    reminder: reminderEmail(about, wait),
    breach: breachEmail(about, { ...wait, number: 1 }),
    escalation: escalationEmail(about, { ...wait, number: 1 }, first),
    cancelled: cancelledEmail(about, { by: 'alice@contoso.com', reason: 'we begin anew' }),
    done: doneEmail(about, { name: 'contoso-1/hand-off.md', sha256: 'ab12' }),
    confirmation: confirmationEmail(about, confirmation, ['alice@contoso.com']),
    verdict: verdictEmail(about, confirmation, ['alice@contoso.com']),
    replaced: replacedEmail(about, {
      stage: 'proposed',
      at: now,
      slot: 1,
      leaves: 'a@contoso.com',
      joins: 'b@contoso.com',
      by: 'bob@contoso.com',
      reason: 'Left.'
    }),
    'officer-replaced': officerReplacedEmail(about, {
      stage: 'announced',
      leaves: 'a@contoso.com',
      joins: 'b@contoso.com',
      earlier: ['a@contoso.com'],
      by: 'bob@contoso.com',
      reason: 'Left.'
    }),
    'taken-over': takenOverEmail(about, { minute: '2026-11-30T18:00', takeovers: [{ at: now, why: 'failed' }] })
  }
}
