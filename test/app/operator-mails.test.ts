import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { undeliverable } from '../../local/azure/email/operation.ts'
import { outbox, type SentMail } from '../../local/azure/email/outbox.ts'
import type { OnboardingView } from '../../local/rehearsal/onboarding-view.ts'
import { operationIdOf } from '../../src/steps/mails/operation-id.ts'
import { fabrikam } from './requests.ts'
import { alice, useApp } from './running-app.ts'

const app = useApp()
const day = 24 * 3_600_000
const minute = 60_000
const quarter = 15 * minute
const hour = 60 * minute

afterEach(async () => {
  app.stage.azure.faults.clear()
  await app.endAll()
})

const mailsOf = (id: string): SentMail[] =>
  outbox(app.stage.azure.world)
    .values()
    .filter(({ text }) => text.includes(`onboardings/${id}`))
const everySubject = (id: string): string[] =>
  mailsOf(id).map(({ subject }) => subject.replace('REHEARSAL · Customer Key for fabrikam.com: ', ''))
/** Without the confirmations, which go to one person each. */
const subjects = (id: string): string[] => everySubject(id).filter((subject) => !subject.includes('what you said'))
/** Mails go out beside the work. */
const told = (id: string, ...expected: unknown[]) =>
  vi.waitFor(() => expect(subjects(id)).toEqual(expected), { timeout: 20_000, interval: 50 })

/** Moves the clock, and waits until the ticks it passed over have been carried out. */
async function pass(ms: number): Promise<void> {
  const { clock } = app.stage.azure
  await clock.advance(ms)
  const since = clock.stillReports
  for (let look = 0; look < 400 && clock.stillReports < since + 3; look++) await sleep(25)
}

const isAsked = (name: string) => (view: OnboardingView) => view.tasks.some((task) => task.name === name)
const offer = { requestId: 'FT-1', officers: [{ name: 'Olga', email: 'olga@fabrikam.com' }] }
const atFirst = ['the onboarding has started', '1 answer awaited (Offers)']

test('people are told that it has started and what is asked, and again each working day while it stands', async () => {
  const id = 'told-1'
  await app.start(fabrikam({ id }))
  await app.until(id, isAsked('offer-sharepoint'))
  await told(id, ...atFirst)
  await pass(2 * quarter)
  expect(subjects(id)).toEqual(atFirst)
  for (const [start, count] of [
    [day, 1],
    [2 * quarter, 1],
    [day, 2]
  ] as const) {
    await pass(start)
    await vi.waitFor(() => expect(subjects(id).slice(2)).toHaveLength(count), 20_000)
  }
  expect(subjects(id).slice(2)).toEqual(['1 answer still awaited (Tue 24 Nov)', '1 answer still awaited (Wed 25 Nov)'])
  const [mail] = mailsOf(id)
  expect(mail).toMatchObject({
    to: [alice, 'bob@fabrikam.com', 'carol@fabrikam.com'],
    html: expect.stringContaining('<a href=')
  })
  expect(mail?.replyTo).toEqual(mail?.to)
})

test('what is found is told at the next tick, once in a working day', async () => {
  const id = 'told-2'
  app.stage.azure.faults.add({
    service: 'arm',
    operation: 'subscriptions.get',
    kind: 'status',
    status: 403,
    code: 'Forbidden',
    times: 'always'
  })
  await app.start(fabrikam({ id }))
  await app.until(id, ({ findings }) => findings.length > 0)
  await pass(quarter)
  await pass(quarter)
  await told(id, 'the onboarding has started', expect.stringMatching(/^2 findings need an operator \(/))
  expect(mailsOf(id)[1]?.text).toContain(`ckey retry ${id}`)
  expect(mailsOf(id)[1]?.text).not.toContain('Forbidden')
})

test('what is asked later in a day is in the next working day’s mail, and who said something is told what was taken', async () => {
  const id = 'told-4'
  await app.start(fabrikam({ id }))
  await app.until(id, isAsked('offer-sharepoint'))
  await app.answer(id, 'offer-sharepoint', alice, offer)
  await app.until(id, isAsked('approve-slot-1'))
  await told(id, ...atFirst)
  await pass(2 * minute)
  const confirmation = await vi.waitFor(() => {
    const [mail, ...more] = mailsOf(id).filter(({ subject }) => subject.includes('what you said'))
    expect(more).toEqual([])
    return mail ?? expect.fail('no confirmation yet')
  }, 20_000)
  expect(confirmation.to).toEqual([alice])
  expect(confirmation.text).toMatch(/: taken\n/)
  expect(confirmation.text).not.toContain('Olga')
  await pass(day)
  await told(id, ...atFirst, expect.stringMatching(/^2 answers still awaited /))
})

describe('an onboarding goes on', () => {
  test('where operators cannot be told, and shows it', async () => {
    const id = 'told-3'
    app.stage.azure.faults.add({
      service: 'email',
      operation: 'emails.send',
      kind: 'status',
      status: 403,
      code: 'Forbidden',
      times: 'always'
    })
    await app.start(fabrikam({ id }))
    await app.until(id, isAsked('offer-sharepoint'))
    await shown(id, /^started did not arrive: Communication Services refused/, /^tasks did not arrive: /)
    expect(subjects(id)).toEqual([])
  })

  test('while the mail service takes no mail for an hour, and the mails come when it does', async () => {
    const id = 'told-5'
    const started = operationIdOf(fabrikam({ id }), 'operators', 'started')
    app.stage.azure.faults.add({
      service: 'email',
      operation: 'emails.send',
      kind: 'status',
      status: 429,
      code: 'TooManyRequests',
      retryAfterSeconds: 3600,
      times: 1,
      fits: ({ headers }) => headers['operation-id'] === started
    })
    await app.start(fabrikam({ id }))
    const { tasks } = await app.until(id, isAsked('offer-sharepoint'))
    const asked = tasks.find(({ name }) => name === 'offer-sharepoint')
    await pass(hour + minute)
    const mail = await vi.waitFor(
      () => mailsOf(id).find(({ operationId }) => operationId === started) ?? expect.fail('not sent yet'),
      20_000
    )
    expect(Date.parse(mail.acceptedAt) - Date.parse(asked?.since ?? '')).toBeGreaterThan(50 * minute)
  })

  test('where a mail was taken and not delivered, and says which', async () => {
    const id = 'told-6'
    undeliverable(app.stage.azure.world).set(alice, {})
    await app.start(fabrikam({ id }))
    await app.until(id, isAsked('offer-sharepoint'))
    await pass(quarter)
    await shown(id, /^started did not arrive: .* ended Failed/, /^tasks did not arrive: .* ended Failed/)
    expect(subjects(id)).toEqual(atFirst)
    undeliverable(app.stage.azure.world).delete(alice)
  })
})

const shown = (id: string, ...expected: readonly RegExp[]) =>
  vi.waitFor(async () => {
    const { steps } = await app.view(id)
    const details = steps.filter(({ title }) => title === 'Mail').map(({ detail }) => detail)
    expect(details.toSorted()).toEqual(expected.map((each) => expect.stringMatching(each)))
  }, 20_000)
