import { expect, test } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import type { OnboardingView } from '../../local/rehearsal/onboarding-view.ts'
import { connectAzure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { readEvidence } from '../../src/records/evidence.ts'
import { fabrikam } from './requests.ts'
import { alice, toApproved, useApp } from './running-app.ts'

const elsewhere = 'nobody@elsewhere.example'
const app = useApp({ CKEY_ALIAS_SHAREPOINT: elsewhere })
const id = 'elsewhere'

async function mailEvidence() {
  const { batches } = await readEvidence(connectAzure(readConfig(process.env)), id)
  return batches.flatMap(({ records }) => records).filter(({ requirement }) => requirement === 'R22')
}

test('a recipient in the place of Microsoft’s alias is before the approvers’ eyes, and no evidence calls it the alias', async () => {
  const plan = await app.ask('/api/plans', { method: 'POST', actor: alice, body: fabrikam({ id }) })
  expect(JSON.stringify((plan.body as { plan: { notices: unknown } }).plan.notices)).toContain(
    `go to ${elsewhere} instead of Microsoft’s alias spock@microsoft.com`
  )
  await toApproved(app, fabrikam({ id }))
  const page = await app.ask(`/api/ui/onboardings/${id}/plan`, { actor: alice })
  expect(page.text).toContain(`go to ${elsewhere} instead of Microsoft’s alias spock@microsoft.com`)
  await app.until(id, ({ step }) => step === 'waiting-on-microsoft')
  expect(
    outbox(app.stage.azure.world)
      .values()
      .filter(({ subject }) => subject === 'Customer Key for fabrikam.com')
      .map(({ to }) => to)
  ).toEqual([[elsewhere]])
  expect(await mailEvidence()).toMatchObject([
    { check: 'mail-alias', observed: elsewhere, expected: 'spock@microsoft.com', held: false }
  ])
})

test('a mail that came back is somebody’s turn on the page, whose next step has the text of the mail and takes the case number', async () => {
  const said = { outcome: 'bounced', reference: 'case 4711' }
  await app.until(id, ({ tasks }) => tasks.some(({ name }) => name === 'microsoft-answered'))
  const answered = await app.ask(`/api/onboardings/${id}/tasks/microsoft-answered`, {
    method: 'POST',
    actor: alice,
    body: said
  })
  expect(answered.status).toBeLessThan(300)
  // Between an answer and what is asked next, nothing is asked.
  const isAskedAgain = ({ name, asks }: OnboardingView['tasks'][number]): boolean =>
    name === 'microsoft-answered' && asks.startsWith('The mail came back')
  const view = await app.until(id, ({ waitingOn, tasks }) => waitingOn === 'people' && tasks.some(isAskedAgain))
  const task = view.tasks.find(({ name }) => name === 'microsoft-answered')
  expect(task?.optional).toBeUndefined()
  expect(task?.asks).toMatch(/^The mail came back, reference case 4711\. .*ckey mail elsewhere send-mail-sharepoint/)
  const mail = await app.ask(`/api/onboardings/${id}/mails/send-mail-sharepoint?format=txt`, { actor: alice })
  expect(mail.text).toContain('Subject: Customer Key for fabrikam.com')
  const page = await app.ask(`/api/ui/onboardings/${id}`, { actor: alice })
  expect(page.text).toContain('<option value="ticket-opened">A support request is open</option>')
  expect(page.text).toContain('The mail came back, reference case 4711')
})
