import { afterEach, expect, test } from 'vitest'
import { undeliverable } from '../../local/azure/email/operation.ts'
import { outbox, type SentMail } from '../../local/azure/email/outbox.ts'
import { operationIdOf } from '../../src/steps/mails/operation-id.ts'
import { fabrikam } from './requests.ts'
import { alice, toApproved, useApp } from './running-app.ts'

const app = useApp()
const alias = 'spock@microsoft.com'
const code = 'mail-not-delivered-spock-microsoft-com'

afterEach(async () => {
  undeliverable(app.stage.azure.world).delete(alias)
  await app.endAll()
  await app.stage.azure.clock.advance(3_600_000) // what may be sent and asked in an hour is limited
})

/** Vaults of an earlier one keep their names. The tests that go on past the mail come last: Microsoft answers it. */
const requestOf = (id: string) => fabrikam({ id, namePrefix: `Fabr${id.slice(-1)}` })

/** Comes to the finding: the mail to the alias was accepted, and bounced. */
async function bounced(id: string): Promise<SentMail[]> {
  const before = sent().length
  undeliverable(app.stage.azure.world).set(alias, {})
  await toApproved(app, requestOf(id))
  await found(id)
  return sent().slice(before)
}

const sent = (): SentMail[] =>
  outbox(app.stage.azure.world)
    .values()
    .filter(({ to }) => to.includes(alias))
const found = (id: string) =>
  app.until(id, ({ findings, tasks }) => findings.length > 0 && tasks.some(({ name }) => name === 'cancel'))
/** Answers, and looks the next time it stands, or when it went on. */
async function answerAndLook(id: string, task: string, answer: object) {
  const askedAt = ({ tasks }: Awaited<ReturnType<typeof app.view>>) => tasks.find(({ name }) => name === task)?.since
  const before = askedAt(await app.view(id))
  await app.answer(id, task, alice, answer)
  await app.until(id, (view) => askedAt(view) !== before)
  return app.until(
    id,
    ({ findings, steps }) => findings.length > 0 || steps.some(({ title }) => title === 'Microsoft notified')
  )
}

test('a mail that bounced stays a finding when it is looked at again, and is not sent again by that', async () => {
  const id = 'bounced-1'
  const mails = await bounced(id)
  expect(mails).toHaveLength(1)
  const count = sent().length
  expect((await app.view(id)).findings).toMatchObject([
    { code, overridable: true, remedy: expect.stringContaining(`ckey mail ${id} send-mail-sharepoint`) }
  ])
  expect(await answerAndLook(id, `retry-${code}`, {})).toMatchObject({ step: 'registration', findings: [{ code }] })
  expect(sent()).toHaveLength(count)
})

test('an activity that is delivered again after the bounce does not take the mail as sent', async () => {
  const id = 'bounced-2'
  const { azure } = app.stage
  const operationId = operationIdOf(requestOf(id), 'alias', 'sharepoint')
  // Azure has the mail, and its answer is lost: by the second try the mail has bounced.
  azure.faults.add({
    service: 'email',
    operation: 'emails.send',
    kind: 'lost-reply',
    times: 1,
    fits: ({ headers }) => headers['operation-id'] === operationId
  })
  expect(await bounced(id)).toMatchObject([{ operationId }])
  expect((await app.view(id)).findings).toMatchObject([{ code }])
})

test('a person who sent it by hand reads its text, and says so by an override that the step names', async () => {
  const id = 'bounced-3'
  const [first] = await bounced(id)
  const { text } = await app.ask(`/api/onboardings/${id}/mails/send-mail-sharepoint?format=txt`, { actor: alice })
  expect(text).toContain('FastTrack request ID: FT-1')
  expect(text).toContain(first?.cc.join(', '))
  const count = sent().length
  const { steps } = await answerAndLook(id, `override-${code}`, { reason: 'sent from my own mailbox' })
  expect(steps.find(({ title }) => title === 'Microsoft notified')?.detail).toBe(
    `${alias} (sent by hand) · one mail each`
  )
  expect(sent()).toHaveLength(count)
})

test('it is sent once more, as another mail, when a person says so', async () => {
  const id = 'bounced-4'
  const [first] = await bounced(id)
  undeliverable(app.stage.azure.world).delete(alias)
  const count = sent().length
  const after = await answerAndLook(id, `mend-${code}`, {})
  expect(after).toMatchObject({ findings: [] })
  const more = sent().slice(count)
  expect(more).toMatchObject([{ to: [alias], subject: first?.subject, text: first?.text }])
  expect(more[0]?.operationId).not.toBe(first?.operationId)
})
