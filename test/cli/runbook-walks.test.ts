import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { another } from '../app/requests.ts'
import { alice, useApp } from '../app/running-app.ts'
import { shellFor, type Printed } from './shell.ts'

/**
 * Runbooks walked through in an onboarding that is in their state: `ckey` commands of the page are taken from its text, filled in
 * and run, and then the finding is over. Its `az` commands are run by test/azure/az/printed.test.ts.
 */
const app = useApp()
const folder = 'docs/runbooks'
const pageOf = (name: string): string => readFileSync(`${folder}/${name}.md`, 'utf8')

/** Pages that are not walked through here, and why. Of those that `npm run docs` makes, journeys break each check and cure it. */
const unwalked: Readonly<Record<string, string>> = {
  'alert-backup-lag':
    'test/journeys/backup-faults.test.ts has a key behind, and the next sweep ends it: the page has no command for it',
  'alert-dead-letters': 'test/journeys/backup-faults.test.ts has a letter lie there until it is taken away',
  'alert-mail-failed':
    'test/app/operator-mails.test.ts has such mails; nothing is to be ended: what they said stands on the page',
  'alert-no-sweep': 'what is seen and cured is the function app itself, which is not simulated',
  'alert-sla-breach': 'test/journeys/scenarios.test.ts plays a breach to its end; nothing is to be ended by a command',
  'alert-unreachable': 'what is seen and cured is the function app itself, which is not simulated'
}
const walked = ['alert-failed-orchestration', 'alert-finding', 'stopped']

test('every runbook that nobody generates is walked through here, or the table says where or why not', () => {
  const byHand = readdirSync(folder)
    .map((file) => file.replace(/\.md$/, ''))
    .filter((name) => name !== 'README' && !pageOf(name).includes('Made by `npm run docs`'))
  expect([...walked.filter((name) => name !== 'stopped'), ...Object.keys(unwalked)].toSorted()).toEqual(
    byHand.toSorted()
  )
})

/** Each `ckey` command of a page, in its order, without what is none: `ckey take-over` in passing. */
const commandsOf = (name: string): string[] => [
  ...new Set([...pageOf(name).matchAll(/`ckey ([^`]*)`|^ckey (.*)$/gm)].map(([, quoted, line]) => quoted ?? line ?? ''))
]

interface Filled {
  readonly id: string
  readonly code?: string
}

/** As a person at a terminal types it, who says why where they are asked. */
async function say(command: string, { id, code = '' }: Filled): Promise<Printed> {
  const env = { CKEY_URL: await app.stage.host.ready, CKEY_AS: alice }
  const words = command.split(' ').map((word) => (word === 'ID' ? id : word === 'CODE' ? code : word))
  return shellFor({ env, typed: ['it was ended by mistake'] }).ckey(...words)
}

async function begun(id: string, tenant: string): Promise<string> {
  await app.start(another(id, `11111111-2222-4333-8444-20000000000${tenant}`))
  await app.until(id, (view) => view.findings.length > 0)
  return `onboarding.${id}`
}

const findingLines = (): string[] =>
  app.stage.lines.map(({ message }) => message).filter((message) => message.startsWith('finding code=stopped'))

async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) await app.stage.azure.clock.advance(60_000)
}

const isStopped = ({ findings }: { readonly findings: readonly { readonly code: string }[] }): boolean =>
  findings.some(({ code }) => code.startsWith('stopped'))

test('alert-failed-orchestration: what failed is taken over, and the page’s commands show it', async () => {
  const instance = await begun('walk-failed', '1')
  await app.stage.hub.fail(instance)
  await minutes(3)
  await expect.poll(() => app.stage.hub.status(`${instance}.g2`), { timeout: 20_000 }).toBe('Running')
  const commands = commandsOf('alert-failed-orchestration')
  expect(commands).toEqual(['status ID', 'list'])
  const [status, list] = [await say('status ID', { id: 'walk-failed' }), await say('list', { id: 'walk-failed' })]
  expect([status.code, list.code]).toEqual([0, 0])
  expect(status.out).toMatch(/[Tt]aken over/)
  expect(list.out).toContain('walk-failed')
})

test.for([
  ['stopped', 'take-over ID', '2'],
  ['stopped', 'retry ID', '3'],
  ['alert-finding', 'retry ID', '4']
] as const)(
  '%s: `ckey %s` ends the finding of an onboarding whose instance somebody ended',
  async ([page, cure, tenant]) => {
    const id = `walk-${tenant}`
    const instance = await begun(id, tenant)
    await app.stage.hub.terminate(instance, 'by hand')
    await minutes(2)
    await app.until(id, isStopped)
    const lineOf = () => findingLines().findLast((each) => each.endsWith(instance))
    await expect.poll(lineOf, { timeout: 20_000 }).toBeDefined()
    const [, code = ''] = /code=(\S+)/.exec(lineOf() ?? '') ?? []
    expect(commandsOf(page)).toContain(cure)
    for (const command of commandsOf(page).filter((each) => looks.test(each)))
      expect([command, await say(command, { id, code })]).toMatchObject([command, { code: 0, err: '' }])
    const said = await say(cure, { id, code })
    // Where several findings stand, the command has whoever says it name one.
    const again = /Name one of each: .*stopped-terminated/.test(said.err)
      ? await say(`${cure} CODE`, { id, code })
      : said
    expect([again.err, again.code]).toEqual(['', 0])
    await minutes(3)
    await app.until(id, (view) => !isStopped(view) && view.status === 'running')
  }
)

const looks = /^(runbook|list|status)/
