import { describe, expect, test } from 'vitest'
import { aliasEmail } from '../../../src/domain/mails/alias-email.ts'
import { offersOf, planOf, sample, threeWorkloads } from '../examples.ts'

const plan = planOf(threeWorkloads())
const offers = offersOf(plan)
const [first, second] = plan.slots
const features = plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: 'Pending' }))
const facts = { plan, offers, features }

describe('the mail to an alias', () => {
  test.each([
    ['exchange', 'exock@microsoft.com'],
    ['sharepoint', 'spock@microsoft.com'],
    ['multi-workload', 'm365-ck@service.microsoft.com']
  ] as const)('of %s goes to %s under Microsoft’s subject', (workload, to) => {
    const mail = aliasEmail({ ...facts, workload })
    expect(mail).toMatchObject({ to, subject: 'Customer Key for contoso.onmicrosoft.com' })
  })

  test('names request and subscriptions of every service, the alias’s own first', () => {
    const { text } = aliasEmail({ ...facts, workload: 'sharepoint' })
    const requests = [...text.matchAll(/FastTrack request ID: (\S+)/g)].map((match) => match[1])
    expect(requests).toEqual(['FT-104231', 'FT-104230', 'FT-104232'])
    expect(text.match(new RegExp(`Subscription ID 1: ${first.subscriptionId}`, 'g'))).toHaveLength(3)
    expect(text.match(new RegExp(`Subscription ID 2: ${second.subscriptionId}`, 'g'))).toHaveLength(3)
  })

  test('names one service where only one is onboarded', () => {
    const single = planOf(sample('one-workload'))
    const { text } = aliasEmail({ plan: single, workload: 'exchange', offers: offersOf(single), features })
    expect(text.match(/^Service: .*$/gm)).toEqual(['Service: Exchange Online and Skype for Business'])
  })

  test('shows the registration of each subscription as PowerShell prints it', () => {
    const { text } = aliasEmail({ ...facts, workload: 'exchange' })
    for (const { subscriptionId } of plan.slots) {
      expect(text).toContain(
        [
          `Subscription ${subscriptionId}`,
          '',
          'FeatureName                     ProviderName        RegistrationState',
          '-----------                     ------------        -----------------',
          'mandatoryRetentionPeriodEnabled Microsoft.Resources Pending'
        ].join('\n')
      )
    }
  })

  test('bears a rehearsal’s banner in its first line and nowhere in its subject', () => {
    const mail = aliasEmail({ ...facts, workload: 'exchange', banner: 'REHEARSAL' })
    expect(mail.text.split('\n')[0]).toBe('REHEARSAL')
    expect(mail.subject).toBe('Customer Key for contoso.onmicrosoft.com')
  })

  test('is not written while an offer is missing', () => {
    expect(() => aliasEmail({ ...facts, workload: 'exchange', offers: offers.slice(0, 2) })).toThrow(/multi-workload/)
  })
})
