import { expect, test } from 'vitest'
import { onboardingView, type OnboardingView } from '../../local/rehearsal/onboarding-view.ts'
import { outbox } from '../../local/azure/email/outbox.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'

const long = { timeout: 400_000 }
const alice = 'alice@fabrikam.com'
const task = 'send-mail-sharepoint'

test(
  'people send the mails: the app writes them, the days count from when they were sent, and no mail of it goes to Microsoft',
  long,
  async () => {
    const played = await play({ ...oneWorkload(), mail: 'person' })
    const { api, azure, host } = played.stage
    // The people of the script send it in a moment of real time: the clock stands while this looks.
    let asked: OnboardingView | undefined
    const look = async (): Promise<void> => {
      const view = onboardingView.safeParse((await api.get('onboardings/fabrikam-one')).body).data // none before the start
      asked ??= view?.tasks.some(({ name }) => name === task) ? view : undefined
    }
    azure.clock.addSource({ observe: look, next: () => undefined, run: () => Promise.resolve() })
    await played.start()
    await played.until(() => asked !== undefined)
    const { tasks, waitingOn } = asked ?? expect.fail('nobody was asked to send it')
    expect([waitingOn, tasks.find(({ name }) => name === task)?.asks]).toEqual([
      'people',
      `Send the mail to spock@microsoft.com from your own mailbox, unchanged, then say when: on the page, or ckey mail fabrikam-one ${task}.`
    ])
    const get = async (name: string): Promise<Response> =>
      fetch(`${await host.ready}/api/onboardings/fabrikam-one/mails/${name}`, { headers: { 'x-local-user': alice } })
    const file = await get(task)
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'message/rfc822'])
    const mail = await file.text()
    for (const says of [
      'To: spock@microsoft.com\r\n',
      'Subject: Customer Key for fabrikam.com\r\n',
      'FT-104233',
      'mandatoryRetentionPeriodEnabled'
    ]) {
      expect(mail).toContain(says)
    }
    const read = await get(`${task}?format=txt`)
    expect([read.headers.get('content-type'), await read.text()]).toEqual(['text/plain; charset=utf-8', mail])
    for (const other of ['send-mail-exchange', 'alias-sharepoint', '..%2Fhand-off'])
      expect((await get(other)).status).toBe(404)

    const { report } = await played.end()
    expect([report.outcome, report.findings, report.wronglyCited]).toEqual(['completed', [], []])
    expect(report.steps.find(({ title }) => title === 'Microsoft notified')).toMatchObject({
      detail: `spock@microsoft.com · one mail each, sent by ${alice}`,
      requirements: ['R22']
    })
    const served = (id: string) => report.requirements.find((each) => each.id === id)
    expect(served('R22')).toMatchObject({ status: 'attested', task, answeredBy: alice })
    expect(['R21', 'R23', 'R24'].map((id) => served(id)?.status)).toEqual(['proved · attested', 'attested', 'attested'])
    expect(
      outbox(azure.world)
        .values()
        .flatMap(({ to }) => to)
        .filter((to) => to.endsWith('microsoft.com'))
    ).toEqual([])
  }
)
