import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import { giveSetupRolesAgain, removeSetupRole } from '../../local/azure/setup-roles.ts'
import type { OnboardingDocument } from '../../src/domain/views/documents.ts'
import type { HandOff } from '../../src/domain/hand-off/hand-off.ts'
import { strayDays } from '../domain/day-counts.ts'
import { expectToldInGuide } from '../docs/guide.ts'
import { spoils } from './spoiled-folder.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, useApp } from '../app/running-app.ts'
import { shellFor, type Shell } from './shell.ts'

const app = useApp()
const id = 'by-command'
const folder = mkdtempSync(join(tmpdir(), 'ckey-test-'))
const file = join(folder, 'request.json')
const transcript: string[] = []
let url: string
let shell: Shell

beforeAll(async () => {
  url = await app.stage.host.ready
  writeFileSync(file, JSON.stringify(fabrikam({ id }), undefined, 2))
  shell = shellFor({
    env: { CKEY_URL: url, CKEY_AS: alice },
    record: (line, { code, out, err }) =>
      transcript.push(`$ ckey ${line}`, `${out}${err}`.trimEnd(), `[exit code ${String(code)}]`, '')
  })
})

afterAll(() => {
  const output = join(import.meta.dirname, '..', '..', 'test-output')
  mkdirSync(output, { recursive: true })
  writeFileSync(join(output, 'ckey-transcript.txt'), told().join('\n'))
  rmSync(folder, { recursive: true })
})

/** Without the folder that this run has chosen. */
const told = (): string[] => transcript.map((lines) => lines.replaceAll(`${folder}/`, ''))

const view = async (): Promise<OnboardingDocument> =>
  JSON.parse((await shell.ckey('status', id, '--json')).out) as OnboardingDocument

describe('before an onboarding runs', () => {
  test('a plan says what is created, what cannot be undone, mails and dates, and writes its digest', async () => {
    const out = join(folder, 'plan.json')
    const printed = await shell.ckey('plan', file, '--out', out)
    expect(printed).toMatchObject({ code: 0, err: '' })
    expect(printed.out).toContain('+ slot 1  vault Fabri-CK-SP-EUR-VaultA1  key Fabri-CK-SP-EUR-VaultA1-Key001')
    expect(printed.out).toMatch(/Cannot be undone later \(6 choices\):\n {2}! Mandatory retention/)
    expect(printed.out).toContain('  spock@microsoft.com  Customer Key for fabrikam.com')
    expect(printed.out).not.toContain('To: spock@microsoft.com')
    expect(printed.out).toMatch(
      /\d\d:\d\d \(America\/Los_Angeles\) = .*\(Europe\/Berlin\)  Microsoft’s answer at the latest/
    )
    expect(printed.out).toContain('Plan: 2 vaults and 2 keys to create, 0 to change, 0 to delete.')
    const written = JSON.parse(readFileSync(out, 'utf8')) as { digest: string }
    expect(printed.out).toContain(`Digest: ${written.digest}`)

    const narrow = await shellFor({ env: { CKEY_URL: url, CKEY_AS: alice }, columns: 80 }).ckey('plan', file, '--mails')
    const lines = narrow.out.split('\n')
    expect(lines).toEqual(
      expect.arrayContaining(['  To: spock@microsoft.com', '  Subject: Customer Key for fabrikam.com'])
    )
    // Mails as they will be sent and commands to copy stay in one piece; nothing else is longer than a word has to be.
    expect(lines.filter((line) => line.length > 80 && !/^ {2}\| |^Digest: |ckey /.test(line))).toEqual([])
  })

  test('a plan made offline has no digest, and says no value of a setting that it does not know', async () => {
    const printed = await shellFor({ env: { CKEY_URL: 'http://127.0.0.1:9' } }).ckey('plan', file, '--offline') // no app there
    expect(printed).toMatchObject({ code: 0, err: '' })
    expect(printed.out).toContain('vault Fabri-CK-SP-EUR-VaultA1')
    expect(printed.out).toMatch(/Agreed with it:\n.*as the app is set, which is not known here\n\n/)
    expect(printed.out).toContain('Digest: none.')
    expect(strayDays(printed.out, 7)).toEqual([])
  })

  test('a request with faults is refused with every fault, before anything is sent', async () => {
    const bad = join(folder, 'bad.json')
    writeFileSync(bad, JSON.stringify({ ...fabrikam(), id: 'No Id', policies: [] }))
    const printed = await shell.ckey('plan', bad, '--url', 'http://127.0.0.1:1')
    expect(printed.code).toBe(2)
    expect(printed.err).toMatch(/\/id .*\n.*\/policies /)
  })

  test('starting without a digest and without a terminal names the flag to use, and starts nothing', async () => {
    expect(await shell.ckey('start', file)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('Give --digest')
    })
    expect(await shell.ckey('list')).toMatchObject({ code: 0, out: 'There is no onboarding.\n' })
  })

  test('an app that is not there is told apart from one that refuses', async () => {
    expect(await shell.ckey('list', '--url', 'http://127.0.0.1:1')).toMatchObject({
      code: 3,
      err: expect.stringContaining('was not reached')
    })
    expect(await shell.ckey('status', 'nobody')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no onboarding "nobody"')
    })
  })

  test.for([
    ['an address that would show the sign-in', ['--url', 'http://ckey.example.com'], 'Use https'],
    [
      '--as anywhere but on this machine',
      ['--url', 'https://ckey.example.com', '--as', 'eve@fabrikam.com'],
      'embedded host only'
    ],
    ['Azure without an audience', ['--url', 'https://ckey.example.com'], '--audience']
  ] as const)('%s is refused', async ([, options, why]) => {
    const plain = shellFor({ env: {} })
    expect(await plain.ckey('list', ...options)).toMatchObject({ code: 2, err: expect.stringContaining(why) })
  })
})

// One person takes one onboarding from plan to hand-off, without a terminal, acting for both.
describe('an onboarding by command', () => {
  test('is started from the plan that was read', async () => {
    const printed = await shell.ckey('start', file, '--plan', join(folder, 'plan.json'))
    expect(printed).toMatchObject({ code: 0, out: expect.stringContaining(`Onboarding ${id} runs`) })
    expect(await shell.ckey('watch', id, '--until-task')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/✓ 1\/9 Preflight: .*\n(?:✓ 1\/9 .*\n)*● 2\/9 waiting on an operator/)
    })
  })

  test('shows whose turn it is and the command that answers', async () => {
    const { out } = await shell.ckey('status', id)
    expect(out).toContain('Turn of an operator with a global administrator account')
    expect(out).toContain(`ckey complete ${id} offer-sharepoint --request-id … --officer …`)
    expect((await shell.ckey('tasks', id)).out).toMatch(
      /^ {2}● offer-sharepoint[\s\S]*\n {6}1\. Sign in[\s\S]*\n {6}5\. Choose Submit/
    )
    expect((await shell.ckey('list')).out).toContain('waiting on people')
  })

  test('asks for nothing without a terminal, but names the missing flag', async () => {
    expect(await shell.ckey('complete', id, 'offer-sharepoint', '--request-id', 'FT-9')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--officer')
    })
  })

  test('takes answers by flags, each person for their own part', async () => {
    expect(
      (
        await shell.ckey(
          'complete',
          id,
          'offer-sharepoint',
          '--request-id',
          'FT-9',
          '--officer',
          'Olga Officer <olga@fabrikam.com>',
          '--signed-in-as',
          'admin@fabrikam.com',
          '--chosen-offer',
          'Request encryption key help for SharePoint and OneDrive for Business'
        )
      ).code
    ).toBe(0)
    await app.until(id, ({ step }) => step === 'approvals')
    const { planDigest } = await view()
    expect(await shell.ckey('approve', id, '2', '--digest', planDigest)).toMatchObject({
      code: 1,
      err: expect.stringContaining('an operator of slot 2')
    })
    expect(await shell.ckey('approve', id, '1', '--digest', planDigest.replace(/^./, 'x'))).toMatchObject({ code: 2 })
    expect(await shell.ckey('approve', id, '1', '--digest', planDigest)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`ckey plan ${id}`)
    })
    expect(await shell.ckey('plan', id)).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /Cannot be undone later[^]*Know before you approve[^]*Mails that will be sent[^]*Digest: v1/
      )
    })
    expect(await shell.ckey('approve', id, '1', '--digest', planDigest)).toMatchObject({ code: 0 })
  })

  test('asks in a terminal, where approving means typing part of the digest', async () => {
    const { planDigest } = await view()
    const careless = shellFor({ env: { CKEY_URL: url, CKEY_AS: bob }, typed: ['yes'] })
    expect(await careless.ckey('approve', id, '2')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing was recorded')
    })
    const careful = shellFor({ env: { CKEY_URL: url, CKEY_AS: alice }, typed: [planDigest.slice(0, 8)] })
    expect(await careful.ckey('approve', id, '2')).toMatchObject({
      code: 1,
      err: expect.stringContaining('an operator of slot 2')
    }) // it was sent
    expect(await shell.ckey('plan', id, '--as', bob)).toMatchObject({ code: 0 })
    expect(await shell.ckey('approve', id, '2', '--digest', planDigest, '--as', bob)).toMatchObject({
      code: 0,
      out: expect.stringContaining('recorded for bob@fabrikam.com')
    })
  })

  test('is watched with a line for each change, and every date in both zones', async () => {
    const { code, out } = await shell.ckey('watch', id, '--until-task')
    expect(code).toBe(0)
    expect(out).toMatch(/✓ 4\/9 Microsoft notified: .*\(America\/Los_Angeles\) = .*\(Europe\/Berlin\)\n/)
    expect(out).toContain('waiting on bob@fabrikam.com, carol@fabrikam.com: Store offline copies')
    expect(out).not.toContain('\u001b')
  })

  test('ends with attestations, a hand-off that is printed, and evidence that verifies', async () => {
    for (const [slot, who] of [
      ['1', alice],
      ['2', bob]
    ] as const) {
      expect(
        await shell.ckey('complete', id, `attest-offline-${slot}`, '--location', `safe ${slot}`, '--as', who)
      ).toMatchObject({ code: 0 })
      removeSetupRole(app.stage.azure.world, slot === '1' ? 1 : 2)
      expect(await shell.ckey('complete', id, `remove-setup-role-${slot}`, '--as', who)).toMatchObject({ code: 0 })
    }
    expect(await shell.ckey('watch', id)).toMatchObject({ code: 0, out: expect.stringContaining(`ckey handoff ${id}`) })
    expect(await shell.ckey('handoff', id)).toMatchObject({
      code: 0,
      out: expect.stringContaining('# Customer Key for fabrikam.com')
    })
    const json = JSON.parse((await shell.ckey('handoff', id, '--format', 'json')).out) as {
      counts: { notProved: number }
    }
    expect(json.counts.notProved).toBe(0)
    expect(await shell.ckey('verify-evidence', id)).toMatchObject({
      code: 0,
      out: expect.stringContaining('every digest holds')
    })
  })

  test('leaves evidence that anybody can verify from a folder, and every tampering shows', async () => {
    const kept = join(folder, 'evidence')
    const far = shellFor({ env: { CKEY_URL: 'http://127.0.0.1:9' } }) // no app there
    expect(await shell.ckey('export-evidence', id, '--to', kept)).toMatchObject({
      code: 0,
      out: expect.stringContaining('and the hand-off are in')
    })
    expect(await far.ckey('verify-evidence', kept)).toMatchObject({
      code: 0,
      out: expect.stringContaining('every digest holds')
    })
    const { evidence } = JSON.parse(readFileSync(join(kept, 'hand-off.json'), 'utf8')) as HandOff
    const first = join(kept, 'evidence', evidence[0]?.store ?? '', evidence[0]?.name ?? '')
    const whole = readFileSync(first, 'utf8')
    writeFileSync(first, whole.replace('"held":true', '"held":false'))
    expect(await far.ckey('verify-evidence', kept)).toMatchObject({
      code: 1,
      out: expect.stringContaining('do not hold')
    })
    rmSync(first)
    expect(await far.ckey('verify-evidence', kept)).toMatchObject({
      code: 1,
      out: expect.stringContaining('missing in the store of')
    })
    writeFileSync(first, 'not JSON')
    expect(await far.ckey('verify-evidence', kept)).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be read')
    })
    writeFileSync(first, whole)
    const ledger = join(kept, 'ledger.json')
    const said = readFileSync(ledger, 'utf8')
    writeFileSync(ledger, said.replace('approve-slot-1', 'approve-slot-2'))
    expect(await far.ckey('verify-evidence', kept)).toMatchObject({
      code: 1,
      out: expect.stringContaining('does not follow the one before it')
    })
    writeFileSync(ledger, said)
    const handOff = join(kept, 'hand-off.json')
    writeFileSync(handOff, readFileSync(handOff, 'utf8').replace('fabrikam.com', 'fabrikam.org'))
    expect(await far.ckey('verify-evidence', kept)).toMatchObject({
      code: 1,
      out: expect.stringContaining('the hand-off has the digest')
    })
  })

  test('leaves evidence in which each file is missed, and each change of one is seen', async () => {
    const kept = join(folder, 'whole')
    expect(await shell.ckey('export-evidence', id, '--to', kept)).toMatchObject({ code: 0 })
    const far = shellFor({ env: { CKEY_URL: 'http://127.0.0.1:9' } })
    const seen = async (): Promise<boolean> => (await far.ckey('verify-evidence', kept)).code !== 0
    expect(await seen()).toBe(false)
    const unseen: string[] = []
    for (const spoil of spoils(kept)) {
      const restore = spoil.does()
      if (!(await seen())) unseen.push(spoil.what)
      restore()
    }
    expect(unseen).toEqual([])
    expect(await seen()).toBe(false)
  })

  test('shows how its keys stand with their backups, as the newest sweep saw them', async () => {
    await app.stage.azure.clock.advance(11 * 60_000)
    await vi.waitFor(async () => expect((await view()).backups).toHaveLength(2), 20_000)
    for (const { vaultName, changedAt, backedUpAt, gapSeconds } of (await view()).backups) {
      expect(vaultName).toMatch(/^Fabri-CK-SP-EUR-VaultA[12]$/)
      const gap = Date.parse(backedUpAt ?? '') - Date.parse(changedAt ?? '') // of whole seconds, as Azure tells them
      expect(Math.abs(gap - gapSeconds * 1000)).toBeLessThanOrEqual(1000)
    }
    expect((await shell.ckey('status', id)).out).toContain('Backups: 2 keys, all backed up after their last change')
  })

  test('can be audited: who did what, when, from which plan', async () => {
    const { planDigest } = await view()
    const audit = JSON.parse((await shell.ckey('audit', id, '--json')).out) as {
      planDigest: string
      entries: { by: string; what: string }[]
    }
    expect(audit.planDigest).toBe(planDigest)
    const people = audit.entries.filter(({ by }) => by !== 'the app').map(({ by, what }) => `${by} ${what}`)
    expect(people).toEqual([
      `${alice} started it from plan ${planDigest}`,
      `${alice} answered offer-sharepoint`,
      `${alice} answered approve-slot-1`,
      `${bob} answered approve-slot-2`,
      `${alice} answered attest-offline-1`,
      `${alice} answered remove-setup-role-1`,
      `${bob} answered attest-offline-2`,
      `${bob} answered remove-setup-role-2`
    ])
    await shell.ckey('audit', id)
  })

  test('an id that has ended is not started again: it says so and what to do', async () => {
    expect(await shell.ckey('start', file, '--plan', join(folder, 'plan.json'))).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(new RegExp(`Onboarding ${id} is completed, and nothing was started: .* another id`))
    })
  })

  test('a doctor names what is missing and how to give it, thing by thing', async () => {
    const { azure } = app.stage
    removeSetupRole(azure.world, 1)
    azure.faults.add({
      service: 'storage',
      kind: 'status',
      status: 403,
      code: 'AuthorizationPermissionMismatch',
      times: 'always'
    })
    const { code, out } = await shell.ckey('doctor', '--request', file)
    azure.faults.clear()
    expect(code).toBe(1)
    expect(out).toMatch(
      /✗ slot-1 set-up +holds no role .* az role assignment create --assignee [0-9a-f-]{36} --role "Customer Key setup \(fabri slot 1\)"/
    )
    expect(out).toMatch(
      /✗ app records +Storage refused \(403 \w+\): LIST blobs as app\. It says: “.*” Give the identity app its role on ckfabrirecords again: deploy infra\/main\.bicep/
    )
  })

  test('a doctor has the app send a mail, which proves its sender', async () => {
    const { out } = await shell.ckey('doctor', '--mail', '--as', bob)
    expect(out).toMatch(/✓ mail sender +a mail from DoNotReply@\S+ to bob@fabrikam\.com was accepted/)
    expect(outbox(app.stage.azure.world).values().at(-1)).toMatchObject({
      to: [bob],
      subject: 'Customer Key: mail works'
    })
  })

  test('a doctor finds nothing missing, and says what it looked at', async () => {
    giveSetupRolesAgain(app.stage.azure.world, app.stage.azure.seed) // as people do before another onboarding
    const next = fabrikam({ id: 'another', namePrefix: 'Fresh', policies: [{ workload: 'exchange', scope: 'EUR' }] })
    writeFileSync(join(folder, 'other.json'), JSON.stringify(next))
    const { code, out } = await shell.ckey('doctor', '--request', join(folder, 'other.json'))
    expect(out).toMatch(/✓ azure +preflight of another ran: 0 findings/)
    for (const about of ['app tenant', 'app records', 'app mail', 'slot-1 store', 'slot-2 set-up'])
      expect(out).toContain(`✓ ${about}`)
    expect(out).toMatch(/· settings +CKEY_DRILL_SCHEDULE is not set/)
    expect(out).toContain('0 things missing')
    expect(code).toBe(0)
  })

  test('is told in the operator guide as it happened', () => {
    expectToldInGuide('doctor', told())
    expectToldInGuide('cli', told())
  })
})
