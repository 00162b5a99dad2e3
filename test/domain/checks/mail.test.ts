import { describe, expect, test } from 'vitest'
import { aliasEmail, type Email } from '../../../src/domain/mails/alias-email.ts'
import { isSound, mailChecks, mailExpected, mailHeld } from '../../../src/domain/checks/mail.ts'
import { registeredChecks, registrationSentChecks } from '../../../src/domain/checks/registration.ts'
import { findingsOf } from '../holding.ts'
import { offersOf, planOf, threeWorkloads } from '../examples.ts'
import { matching } from '../matching.ts'

const plan = planOf(threeWorkloads())
const offers = offersOf(plan)
const features = plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: 'Pending' }))
const states = { 1: 'Pending', 2: 'Pending' }
const mail = aliasEmail({ plan, workload: 'exchange', offers, features, banner: 'REHEARSAL' })

const found = (change: Partial<Email>, known = offers) =>
  Object.keys(
    findingsOf(mailChecks, { ...mail, ...change }, mailExpected(plan, { workload: 'exchange', offers: known, states }))
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

test('a recipient that the plan puts in the place of the alias is agreed, never the alias', () => {
  const deployment = { ...plan.deployment, aliases: { exchange: 'test@contoso.com' } }
  const expected = mailExpected({ ...plan, deployment }, { workload: 'exchange', offers, states })
  const about = {
    resource: 'r',
    suffix: 's',
    at: 'now',
    call: { operation: 'o', requestId: 'i', identity: 'app' }
  } as const
  const { evidence, findings } = mailHeld({ ...mail, to: 'test@contoso.com' }, expected, about)
  expect(findings).toEqual([])
  expect(evidence.filter(({ held }) => !held)).toMatchObject([
    { check: 'mail-alias', observed: 'test@contoso.com', expected: 'exock@microsoft.com' }
  ])
  expect(isSound({ ...mail, to: 'another@contoso.com' }, expected)).toBe(false)
  expect(isSound(mail, expected)).toBe(true)
})

test('an alias in other letters is the alias', () => {
  const deployment = { ...plan.deployment, aliases: { exchange: 'EXOCK@microsoft.com' } }
  const expected = mailExpected({ ...plan, deployment }, { workload: 'exchange', offers, states })
  expect(expected.agreed).toBeUndefined()
  expect(findingsOf(mailChecks, { ...mail, to: 'EXOCK@microsoft.com' }, expected)).toEqual({})
})

// The states of Azure's definition: SubscriptionFeatureRegistrationState, @azure/arm-features
describe('the registration that a mail shows', () => {
  const showing = (first: string, azure = first) => {
    const seen = { 1: azure, 2: 'Pending' }
    const text = mail.text.replace('Microsoft.Resources Pending', `Microsoft.Resources ${first}`)
    return Object.keys(
      findingsOf(mailChecks, { ...mail, text }, mailExpected(plan, { workload: 'exchange', offers, states: seen }))
    )
  }

  test.each(['Pending', 'Registering', 'Registered'])('may be %s', (state) => {
    expect(showing(state)).toEqual([])
  })

  test.each(['Nonsense', 'NotRegistered', 'Unregistering', 'Unregistered', 'NotSpecified', 'pending', '<state>'])(
    'is never %s, whatever Azure said',
    (state) => {
      expect(showing(state)).toEqual(['mail-text'])
    }
  )

  test('is what Azure showed of that very subscription', () => {
    expect(showing('Registered', 'Pending')).toEqual(['mail-text'])
    const [first, second] = plan.slots.map(({ subscriptionId }) => `Subscription ${subscriptionId}`)
    expect(found({ text: mail.text.replace(second ?? '', first ?? '') })).toEqual(['mail-text'])
    expect(found({ text: mail.text.replace(second ?? '', 'Subscription 0') })).toEqual(['mail-text'])
  })
})

test('each service of a mail has its own request id and both subscriptions, in its own part', () => {
  const [first, second] = plan.slots.map(({ subscriptionId }) => subscriptionId)
  for (const text of [
    mail.text.replace('FT-104232', 'FT-1042321'),
    mail.text.replace('FastTrack request ID: FT-104232', 'FastTrack request ID: FT-104233'),
    mail.text.replace(`Subscription ID 2: ${second ?? ''}`, `Subscription ID 2: ${first ?? ''}`),
    mail.text.replace('Service: SharePoint', 'Service: Share Point')
  ]) {
    expect(text).not.toBe(mail.text)
    expect(found({ text })).toEqual(['mail-text'])
  }
})

test('evidence of a mail never holds its text', () => {
  const expected = mailExpected(plan, { workload: 'exchange', offers, states })
  const told = mailChecks.map((check) => check.describe(mail, expected)).join('\n')
  expect(told).toContain('3 of 3 services, 2 of 2 feature outputs')
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
        remedy: matching(/Register-AzProviderFeature/)
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

// https://learn.microsoft.com/azure/azure-resource-manager/management/preview-features: by the portal it ends as NotRegistered.
test('what was Registered and is not any more was taken back by somebody, whatever it shows', () => {
  const remedyOf = (state: string, before: { readonly wasRegistered?: true }): unknown =>
    findingsOf(registeredChecks, { state }, { subscriptionId: 's', ...before })['registered']?.remedy
  for (const state of ['NotRegistered', 'Pending', 'Registering', 'Unregistering', 'Unregistered'])
    expect(remedyOf(state, { wasRegistered: true })).toMatch(/took (that|the registration) back/)
  for (const state of ['NotRegistered', 'Pending', 'Registering'])
    expect(remedyOf(state, {})).toMatch(/^Microsoft (refused, nobody asked, or|has not approved)/)
  expect(remedyOf('NotSpecified', {})).toMatch(/^Azure does not say/)
  expect(remedyOf('Hibernating', {})).toMatch(/^Azure documents no such state/)
})
