import { describe, expect, test } from 'vitest'
import { confirmationEmail, takenOverEmail, verdictEmail } from '../../../src/domain/mails/minute-emails.ts'
import { planOf, threeWorkloads } from '../examples.ts'

const sla = { zone: 'America/Los_Angeles', extraHolidays: [], businessDays: 5 }
const about = {
  plan: planOf(threeWorkloads()),
  sla,
  appUrl: 'https://ck-contoso.azurewebsites.net',
  banner: 'REHEARSAL'
}
const at = '2026-11-30T18:00:40.000Z'
const minute = '2026-11-30T18:00'

describe('a confirmation', () => {
  const mail = confirmationEmail(
    about,
    {
      minute,
      giver: { upn: 'alice@contoso.com', oid: 'a' },
      said: [
        { id: '1', task: 'approve-slot-1', at },
        { id: '2', task: 'cancel', at, verdict: 'late', why: 'Too late: it had ended.' }
      ]
    },
    ['alice.mail@contoso.com']
  )

  test('goes to its giver alone and names what they said, when, and to which onboarding', () => {
    expect(mail.to).toEqual(['alice.mail@contoso.com'])
    expect(mail.subject).toBe(
      'REHEARSAL · Customer Key for contoso.onmicrosoft.com: what you said to the onboarding contoso-1 (Mon 30 Nov 10:00)'
    )
    expect(mail.text).toContain('Approve slot 1 (Mon 30 Nov 10:00): not judged yet')
    expect(mail.text).toContain('(Mon 30 Nov 10:00): came too late. Too late: it had ended.')
  })

  test('says what to do if it was not them, and where', () => {
    expect(mail.text).toContain('If it was not you: tell the other operators at once.')
    expect(mail.text).toContain('ckey halt contoso-1')
    expect(mail.text).toContain('https://ck-contoso.azurewebsites.net/api/ui/onboardings/contoso-1')
  })
})

test('a verdict that came later says that the answer does not count, why, and what to do', () => {
  const mail = verdictEmail(
    about,
    {
      giver: { upn: 'alice@contoso.com', oid: 'a' },
      said: [{ id: '1', task: 'approve-slot-1', at, verdict: 'refused', why: 'It needs somebody of slot 1.' }]
    },
    ['alice@contoso.com']
  )
  expect(mail.subject).toContain('not taken: what you said to the onboarding contoso-1 (Mon 30 Nov 10:00)')
  expect(mail.text).toContain('Approve slot 1 (Mon 30 Nov 10:00): not taken. It needs somebody of slot 1.')
  expect(mail.text).toContain('If it was not you')
})

test('a mail of takeovers says what stopped when and why, and that nothing is lost', () => {
  const mail = takenOverEmail(about, {
    minute,
    takeovers: [
      { at, why: 'failed' },
      { at, why: 'a-code-of-tomorrow', branch: { policy: 'exchange-na', slot: 2 } }
    ]
  })
  expect(mail.to).toEqual(['alice@contoso.com', 'bob@contoso.com'])
  expect(mail.subject).toContain('2 parts of the onboarding taken over (Mon 30 Nov 10:00)')
  expect(mail.text).toContain(
    'The onboarding itself: taken over Mon 30 Nov 10:00, because the instance before had failed'
  )
  expect(mail.text).toContain(
    'The vault of exchange-na in slot 2: taken over Mon 30 Nov 10:00, because a-code-of-tomorrow'
  )
  expect(mail.text).toContain('Nothing is lost by that')
})
