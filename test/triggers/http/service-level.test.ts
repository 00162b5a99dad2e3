import { expect, test } from 'vitest'
import { outbox } from '../../../local/azure/email/outbox.ts'
import { chapterIndex } from '../../../src/domain/state/chapters.ts'
import { strayDays } from '../../domain/day-counts.ts'
import { shellFor } from '../../cli/shell.ts'
import { fabrikam } from './requests.ts'
import { alice, bob, toApproved, useApp } from './running-app.ts'

// Microsoft's people answer after four days: by then the reminder and the escalations of three have gone out.
const days = 3
const app = useApp({ CKEY_SLA_BUSINESS_DAYS: String(days) })
const id = 'three-days'
const subject = 'Customer Key for fabrikam.com'
const said = new Map<string, string>()

test('an onboarding speaks, in all that it says, of the days that the deployment has set and of no others', async () => {
  const ckey = shellFor({ env: { CKEY_URL: await app.stage.host.ready, CKEY_AS: alice } })
  const look = async (when: string): Promise<void> => {
    for (const path of [`onboardings/${id}`, 'onboardings'])
      said.set(`${when} /${path}`, (await app.ask(`/api/${path}`, { actor: alice })).text)
    for (const page of ['', '/new', `/onboardings/${id}`, `/onboardings/${id}/plan`, `/onboardings/${id}/evidence`])
      said.set(`${when} page ${page}`, (await app.ask(`/api/ui${page}`, { actor: bob })).text)
    for (const words of [
      ['status', id],
      ['tasks', id],
      ['list'],
      ['--help'],
      ['acknowledge', '--help'],
      ['due', '--help']
    ])
      said.set(`${when} ckey ${words.join(' ')}`, (await ckey.ckey(...words)).out)
  }
  const plan = await app.ask('/api/plans', { method: 'POST', actor: alice, body: fabrikam({ id }) })
  said.set('plan', plan.text)
  await toApproved(app, fabrikam({ id }))
  await app.until(id, ({ step }) => chapterIndex(step) >= chapterIndex('waiting-on-microsoft'))
  await look('waiting')
  await app.until(id, ({ step }) => step === 'attestations')
  await look('after the wait')
  const mails = outbox(app.stage.azure.world).values()
  for (const mail of mails) said.set(`mail ${mail.subject}`, `${mail.subject}\n${mail.text}`)
  expect([...said].flatMap(([where, text]) => strayDays(text, days).map((stray) => `${where}: ${stray}`))).toEqual([])

  const counted = [...said].filter(([, text]) => /\b(three|3) business days\b/.test(text)).map(([where]) => where)
  expect(counted).toEqual(
    expect.arrayContaining(['plan', `mail REHEARSAL · ${subject}: Microsoft’s answer is due soon`])
  )
  const subjects = mails.map((mail) => mail.subject)
  expect(subjects).toContain(`REHEARSAL · ${subject}: the three business days are over`)
}, 120_000)
