import { expect, test } from 'vitest'
import { aliasEmail, type Email } from '../../../src/domain/mails/alias-email.ts'
import { mailChecks, mailExpected } from '../../../src/domain/checks/mail.ts'
import { registeredChecks, registrationSentChecks } from '../../../src/domain/checks/registration.ts'
import { findingsOf } from '../holding.ts'
import { offersOf, planOf, threeWorkloads } from '../examples.ts'
import { matching } from '../matching.ts'

const plan = planOf(threeWorkloads())
const offers = offersOf(plan)
const features = plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: 'Pending' }))
const mail = aliasEmail({ plan, workload: 'exchange', offers, features, banner: 'REHEARSAL' })

const found = (change: Partial<Email>, known = offers) =>
  Object.keys(
    findingsOf(mailChecks, { ...mail, ...change }, mailExpected(plan, { workload: 'exchange', offers: known }))
  )

test('the mail the app writes passes', () => {
  expect(found({})).toEqual([])
})

test('a mail to another recipient, or under another subject, does not', () => {
  expect(found({ to: 'spock@microsoft.com' })).toEqual(['mail-alias'])
  expect(found({ subject: 'REHEARSAL Customer Key for contoso.onmicrosoft.com' })).toEqual(['mail-subject'])
})

test('a mail that lacks an id or a feature output does not', () => {
  expect(found({ text: mail.text.replaceAll('FT-104232', '') })).toEqual(['mail-text'])
  expect(found({ text: mail.text.replace(/^mandatoryRetentionPeriodEnabled .*$/m, '') })).toEqual(['mail-text'])
})

test('a mail before all offers are complete does not', () => {
  expect(found({}, offers.slice(1))).toEqual(['offers-complete'])
})

test('a deployment’s own recipient stands in for the alias', () => {
  const deployment = { ...plan.deployment, aliases: { exchange: 'test@contoso.com' } }
  const expected = mailExpected({ ...plan, deployment }, { workload: 'exchange', offers })
  expect(findingsOf(mailChecks, { ...mail, to: 'test@contoso.com' }, expected)).toEqual({})
  expect(Object.keys(findingsOf(mailChecks, mail, expected))).toEqual(['mail-alias'])
})

test('evidence of a mail never holds its text', () => {
  const expected = mailExpected(plan, { workload: 'exchange', offers })
  const told = mailChecks.map((check) => check.describe(mail, expected)).join('\n')
  expect(told).toContain('5 of 5 ids, 2 feature outputs')
  expect(told).not.toContain('Our FastTrack requests')
})

test.each(['Pending', 'Registering', 'Registered'])('a registration that is %s was sent', (state) => {
  expect(findingsOf(registrationSentChecks, { state }, { subscriptionId: 's' })).toEqual({})
})

test.each(['NotRegistered', 'Unregistering', 'Unregistered', 'NotSpecified', ''])(
  'a registration that is %j was not sent or was taken back',
  (state) => {
    expect(findingsOf(registrationSentChecks, { state }, { subscriptionId: 's' })).toMatchObject({
      'registration-sent': {
        requirement: 'R20',
        remedy: matching(/Register-AzProviderFeature|documents no such state/)
      }
    })
  }
)

test('only Registered is registered', () => {
  expect(findingsOf(registeredChecks, { state: 'Registered' }, { subscriptionId: 's' })).toEqual({})
  expect(findingsOf(registeredChecks, { state: 'Pending' }, { subscriptionId: 's' })).toMatchObject({
    registered: { requirement: 'R26', overridable: false }
  })
})
