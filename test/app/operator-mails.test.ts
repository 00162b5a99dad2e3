import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { outbox, type SentMail } from '../../local/azure/email/outbox.ts'
import { fabrikam } from './requests.ts'
import { alice, useApp } from './running-app.ts'

const app = useApp()
const day = 24 * 3_600_000
const quarter = 15 * 60_000

afterEach(async () => {
  app.stage.azure.faults.clear()
  await app.endAll()
})

const mailsOf = (id: string): SentMail[] =>
  outbox(app.stage.azure.world)
    .values()
    .filter(({ text }) => text.includes(`onboardings/${id}`))
const subjects = (id: string): string[] =>
  mailsOf(id).map(({ subject }) => subject.replace('REHEARSAL · Customer Key for fabrikam.com: ', ''))

/** Moves the clock, and waits until the ticks it passed over have been carried out. */
async function pass(ms: number): Promise<void> {
  const { clock } = app.stage.azure
  await clock.advance(ms)
  const since = clock.stillReports
  for (let look = 0; look < 400 && clock.stillReports < since + 3; look++) await sleep(25)
}

test('people are told that it has started and what is asked, and again each working day while it stands', async () => {
  const id = 'told-1'
  await app.start(fabrikam({ id }))
  await app.until(id, ({ step, tasks }) => step === 'offers' && tasks.some(({ name }) => name === 'cancel'))
  const atFirst = ['the onboarding has started', '1 answer awaited (Offers)']
  expect(subjects(id)).toEqual(atFirst)
  await pass(2 * quarter)
  expect(subjects(id)).toEqual(atFirst)
  for (const [start, told] of [
    [day, 1],
    [2 * quarter, 1],
    [day, 2]
  ] as const) {
    await pass(start)
    expect(subjects(id).slice(2)).toHaveLength(told)
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
  await app.until(id, ({ findings, tasks }) => findings.length > 0 && tasks.some(({ name }) => name === 'cancel'))
  await pass(quarter)
  await pass(quarter)
  expect(subjects(id)).toEqual(['the onboarding has started', expect.stringMatching(/^2 findings need an operator \(/)])
  expect(mailsOf(id)[1]?.text).toContain(`ckey retry ${id}`)
  expect(mailsOf(id)[1]?.text).not.toContain('Forbidden')
})

test('what is asked later in a day is in the next working day’s mail', async () => {
  const id = 'told-4'
  await app.start(fabrikam({ id }))
  await app.until(id, ({ tasks }) => tasks.some(({ name }) => name === 'offer-sharepoint'))
  await app.answer(id, 'offer-sharepoint', alice, {
    requestId: 'FT-1',
    officers: [{ name: 'Olga', email: 'olga@fabrikam.com' }]
  })
  await app.until(id, ({ tasks }) => tasks.some(({ name }) => name === 'approve-slot-1'))
  expect(subjects(id)).toEqual(['the onboarding has started', '1 answer awaited (Offers)'])
  await pass(day)
  expect(subjects(id).slice(2)).toEqual([expect.stringMatching(/^2 answers still awaited /)])
})

test('an onboarding goes on where operators cannot be told, and shows it', async () => {
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
  const { steps } = await app.until(
    id,
    ({ tasks }) => tasks.some(({ name }) => name === 'cancel') && tasks.some(({ name }) => name === 'offer-sharepoint')
  )
  expect(subjects(id)).toEqual([])
  expect(steps.filter(({ title }) => title === 'Mail').map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^started could not be sent: /),
    expect.stringMatching(/^tasks could not be sent: /)
  ])
})
