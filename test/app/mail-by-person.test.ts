import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { shellFor } from '../cli/shell.ts'
import { fabrikam } from './requests.ts'
import { alice, faultsAt, refused, toApproved, useApp } from './running-app.ts'

const app = useApp()
const id = 'by-person'
const task = 'send-mail-sharepoint'

beforeAll(async () => {
  await toApproved(app, fabrikam({ id, mail: 'person' }))
  await app.until(id, (view) => view.tasks.some(({ name }) => name === task))
}, 60_000)

test('a mail cannot have been sent before it was written: the question stands again and says so', async () => {
  expect(await app.answer(id, task, alice, { at: 'yesterday' })).toMatchObject(
    refused(422, { faults: faultsAt('/at') })
  )
  expect(await app.answer(id, task, alice, { at: '2026-11-20T17:00:00Z' })).toMatchObject({ status: 202 })
  await app.until(id, ({ tasks }) =>
    tasks.some(({ name, asks }) => name === task && asks.startsWith('It cannot have been sent at 2026-11-20T17:00Z'))
  )
})

test('the mail is read and written to a file from the command line', async () => {
  const shell = shellFor({ env: { CKEY_URL: await app.stage.host.ready, CKEY_AS: alice } })
  const { code, out } = await shell.ckey('mail', id, task)
  expect([code, out.split('\n')[1]]).toEqual([0, 'To: spock@microsoft.com'])
  const folder = mkdtempSync(join(tmpdir(), 'ckey-mail-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'mail.eml')
  expect((await shell.ckey('mail', id, task, '--out', file)).out).toContain(
    `When it is sent: ckey complete ${id} ${task}`
  )
  expect(readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trimEnd()).toBe(out.trimEnd())
  expect(await shell.ckey('mail', id, 'send-mail-exchange')).toMatchObject({
    code: 1,
    err: expect.stringContaining('has no mail')
  })
})

test('the five business days run from the moment that the person says', async () => {
  const since = (await app.view(id)).tasks.find(({ name }) => name === task)?.since ?? ''
  expect(await app.answer(id, task, alice, { at: since })).toMatchObject({ status: 202 })
  const { registration } = await app.until(id, (view) => view.step === 'waiting-on-microsoft')
  expect(registration?.mailedAt).toBe(since)
})

test('the text of the mail is in no history', () => {
  const history = ['instances', 'history', 'messages', 'activities']
    .map((table) => JSON.stringify(app.stage.state.prepare(`SELECT * FROM ${table}`).all()))
    .join('')
  expect(history).toContain('write-alias-mail')
  expect(history).not.toContain('we would like to onboard')
})
