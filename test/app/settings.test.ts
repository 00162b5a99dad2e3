import { beforeAll, expect, test } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import { chapterIndex } from '../../src/domain/state/chapters.ts'
import { strayDays } from '../domain/day-counts.ts'
import { shellFor } from '../cli/shell.ts'
import { fabrikam } from './requests.ts'
import { alice, bob, toApproved, useApp } from './running-app.ts'

/**
 * Settings that are none of the usual: whatever speaks of the usual ones has them written in its prose. Microsoft's people
 * answer after four days; by then the reminder and the escalations of three have gone out.
 */
const days = 3
const app = useApp({
  CKEY_SLA_BUSINESS_DAYS: String(days),
  CKEY_CALENDAR_ZONE: 'Europe/Berlin',
  CKEY_IMMUTABILITY: 'not-available'
})
const id = 'unusual'
/** All that the app says of one onboarding: pages, API, commands, mails. */
const said = new Map<string, string>()

beforeAll(async () => {
  const ckey = shellFor({ env: { CKEY_URL: await app.stage.host.ready, CKEY_AS: alice } })
  const look = async (when: string): Promise<void> => {
    for (const path of [`onboardings/${id}`, 'onboardings', 'backups'])
      said.set(`${when} /${path}`, (await app.ask(`/api/${path}`, { actor: alice })).text)
    for (const page of ['', '/new', `/onboardings/${id}`, `/onboardings/${id}/plan`, `/onboardings/${id}/evidence`])
      said.set(`${when} page ${page}`, (await app.ask(`/api/ui${page}`, { actor: bob })).text)
    for (const words of [['status', id], ['tasks', id], ['list'], ['--help'], ['acknowledge', '--help']])
      said.set(`${when} ckey ${words.join(' ')}`, (await ckey.ckey(...words)).out)
  }
  const plan = await app.ask('/api/plans', { method: 'POST', actor: alice, body: fabrikam({ id }) })
  said.set('plan', plan.text)
  await toApproved(app, fabrikam({ id }))
  await app.until(id, ({ step }) => chapterIndex(step) >= chapterIndex('waiting-on-microsoft'))
  await look('waiting')
  await app.until(id, ({ step }) => step === 'attestations')
  await look('after the wait')
  for (const { subject, text } of outbox(app.stage.azure.world).values())
    said.set(`mail ${subject}`, `${subject}\n${text}`)
}, 120_000)

/** Where something is said. */
const sayers = (what: RegExp): string[] => [...said].filter(([, text]) => what.test(text)).map(([where]) => where)

test('what is said of the service level is the deployment’s own number of days', () => {
  expect([...said].flatMap(([where, text]) => strayDays(text, days).map((stray) => `${where}: ${stray}`))).toEqual([])
  expect(sayers(/\b(three|3) business days\b/)).toEqual(
    expect.arrayContaining([
      'plan',
      'mail REHEARSAL · Customer Key for fabrikam.com: Microsoft’s answer is due soon',
      'mail REHEARSAL · Customer Key for fabrikam.com: the three business days are over'
    ])
  )
})

test('moments are shown in the deployment’s zone', () => {
  expect(sayers(/Los_Angeles|Redmond/)).toEqual([])
  expect(sayers(/Europe\/Berlin/).length).toBeGreaterThan(8)
})

test('backups are called immutable nowhere where their stores need not be', () => {
  expect(sayers(/(?<!not[ -])\bimmutable\b/i)).toEqual([])
  expect(sayers(/NOT immutable/)).not.toEqual([])
})
