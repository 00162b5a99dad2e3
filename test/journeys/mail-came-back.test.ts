import { expect, test } from 'vitest'
import { settingsFor } from '../../local/azure/seed.ts'
import { outbox } from '../../local/azure/email/outbox.ts'
import { lateReports, subscribeToReports, type LateReport } from '../../local/azure/email/report-later.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'

const long = { timeout: 120_000 }
const alias = 'spock@microsoft.com'
const code = 'mail-not-delivered-spock-microsoft-com'
const alice = 'alice@fabrikam.com'

/** One onboarding whose mail to Microsoft is reported so, after its operation has succeeded. */
async function reported(report: LateReport) {
  const played = await play(oneWorkload())
  const { azure } = played.stage
  const { search } = new URL(settingsFor(azure.seed)['CKEY_EVENT_ENDPOINT'] ?? '')
  const query = search.replace('key-event', 'mail-event')
  subscribeToReports(
    azure.world,
    azure.seed.mail.host,
    `https://${azure.seed.webhook.publicHost}/runtime/webhooks/EventGrid${query}`
  )
  lateReports(azure.world).set(alias, report)
  const post = async (event: unknown): Promise<number> =>
    (
      await fetch(`${await played.stage.host.ready}/runtime/webhooks/EventGrid${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
        body: JSON.stringify([event])
      })
    ).status
  return { played, azure, post }
}

test(
  'a mail that bounces an hour after Azure took it is a finding in the wait, and attested in the end',
  long,
  async () => {
    const { played, azure, post } = await reported({ status: 'Bounced', afterMinutes: 60, why: '550 5.1.1 unknown' })
    await played.start()
    const { step, findings } = await played.until((view) => view.findings.length > 0)
    expect([step, ...findings]).toMatchObject(['waiting-on-microsoft', { code, requirement: 'R22', resource: alias }])
    expect(findings[0]?.remedy).toMatch(
      /reported it as Bounced afterwards \(550 5\.1\.1 unknown\).*ckey mail fabrikam-one send-mail-sharepoint/
    )

    // What comes again, of other mails, of other people or in no shape at all changes nothing.
    const data = { messageId: outbox(azure.world).values()[0]?.operationId, recipient: alias, status: 'Suppressed' }
    const eventType = 'Microsoft.Communication.EmailDeliveryReportReceived'
    const others = [
      data,
      { ...data, recipient: alice },
      { ...data, messageId: '00000000-0000-4000-8000-00000000000f' },
      { ...data, messageId: 'x'.repeat(5000) },
      'nonsense'
    ]
    for (const each of others) expect(await post({ id: 'again', subject: '', eventType, data: each })).toBe(202)
    expect((await played.until(() => true)).findings).toMatchObject([{ code }])

    expect(await played.answer(`override-${code}`, alice, { reason: 'Sent by hand, and Microsoft answered' })).toBe(202)
    const { report, handOff } = await played.end()
    expect([report.outcome, report.findings]).toEqual(['completed', []])
    expect(handOff?.requirements.find(({ id }) => id === 'R22')).toMatchObject({
      status: expect.stringContaining('attested')
    })
  }
)

test('good news of a mail is no finding', long, async () => {
  const { played } = await reported({ status: 'Delivered', afterMinutes: 60 })
  await played.start()
  const { report, handOff } = await played.end()
  expect([report.outcome, handOff?.overrides]).toEqual(['completed', []])
})
