import { describe, expect, test } from 'vitest'
import { readAnswer, reasonOf } from '../../../src/domain/tasks/answers.ts'
import { mailsOf, turnAfter } from '../../../src/domain/tasks/microsoft-answered.ts'
import { microsoftOutcomeNames, type MicrosoftOutcome } from '../../../src/domain/tasks/microsoft-outcomes.ts'
import { askedOf } from '../../../src/domain/tasks/task-kinds.ts'
import { askedOfMicrosoft, planOf, threeWorkloads } from '../examples.ts'

const task = { kind: 'microsoft-answered' } as const
const plan = planOf(threeWorkloads())
const about = askedOfMicrosoft(plan)
const asks = (outcome?: MicrosoftOutcome, more: object = {}) =>
  askedOf(task, outcome === undefined ? about : { ...about, ...more, last: { outcome, reference: 'case 4711' } })

describe('what Microsoft answers otherwise', () => {
  test('is asked for from the mail on, and needs nobody until it comes', () => {
    expect(asks()).toMatch(/^If a mail comes back, or Microsoft asks for something else .* record it/)
    expect(turnAfter(undefined)).toBe('microsoft')
  })

  test.each(microsoftOutcomeNames)(
    '%s has a next step that says what to run, and keeps the reference number',
    (outcome) => {
      expect(asks(outcome)).toMatch(
        /, reference case 4711\. .*(ckey mail|ckey acknowledge|New-CustomerKeyOnboardingRequest)/
      )
      expect(asks(outcome)).not.toMatch(/<[a-z]/)
      expect(readAnswer(task, { outcome, reference: 'case 4711' }, plan).faults).toBeUndefined()
      expect(reasonOf(task, { outcome, reference: 'case 4711' })).toMatch(/, reference case 4711$/)
    }
  )

  test.each([
    [
      'bounced',
      'people',
      /^The mail came back.* support request .* ckey mail contoso send-mail-exchange, .*ticket-opened/
    ],
    ['open-a-ticket', 'people', /^Microsoft asks for a support request.* ckey mail contoso send-mail-sharepoint/],
    [
      'use-onboarding-service',
      'people',
      /^Microsoft asks for its onboarding service.*from memory alone.*ticket-opened/
    ],
    [
      'ticket-opened',
      'microsoft',
      /^A support request is open.*nothing to do until it answers.*ckey acknowledge contoso/
    ],
    ['working-on-it', 'microsoft', /^Microsoft works on it.*nothing to do/]
  ] as const)('after %s it is the turn of %s', (outcome, turn, sentence) => {
    expect([turnAfter(outcome), asks(outcome)]).toEqual([turn, expect.stringMatching(sentence)])
  })

  test('the onboarding service is asked for each workload it knows, and a request for what it does not', () => {
    const said = asks('use-onboarding-service')
    expect(said.match(/-Scenario '\w+'/g)).toEqual(["-Scenario 'EXO'", "-Scenario 'MDEP'"])
    expect(said).toMatch(/does not know sharepoint: open a support request .*ckey mail contoso send-mail-sharepoint/)
    expect(said).toContain("-Subscription1 'sub-1' -Subscription2 'sub-2' -OnboardingMode 'Prepare'")
    expect(asks('use-onboarding-service', { workloads: ['sharepoint'] })).not.toContain('PowerShell')
  })

  test('is about one mail, or about all', () => {
    expect(mailsOf({}, about.workloads)).toEqual(about.workloads)
    expect(mailsOf({ workload: 'exchange' }, about.workloads)).toEqual(['exchange'])
  })

  test.each<[string, unknown, string]>([
    ['another outcome', { outcome: 'refused' }, '/outcome'],
    ['none', {}, '/outcome'],
    ['an open request without its number', { outcome: 'ticket-opened' }, '/reference'],
    ['a reference of two lines', { outcome: 'bounced', reference: 'a\nb' }, '/reference'],
    ['another workload', { outcome: 'bounced', workload: 'teams' }, '/workload']
  ])('is refused with %s', (_title, answer, path) => {
    expect(readAnswer(task, answer, plan).faults?.map((fault) => fault.path)).toEqual([path])
  })
})
