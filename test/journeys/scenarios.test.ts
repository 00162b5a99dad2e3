import { expect, test } from 'vitest'
import { rehearse, reportOf, requestFile, temporaryFolder, type Report } from './rehearsal-process.ts'
import { oneWorkload } from './requests.ts'

test('five business days without an answer escalate, two days later once more, and the onboarding still completes', async () => {
  const report = reportOf(
    await rehearse('--json', '--request', requestFile(temporaryFolder(), oneWorkload()), '--scenario', 'sla-breach')
  )
  expect(report.outcome).toBe('completed')
  expect(report.simulated.businessDays).toBeGreaterThan(5)
  const subjects = report.emails.map((mail) => mail.subject)
  expect(subjects.filter((subject) => subject.includes('the five business days are over'))).toHaveLength(2)
  expect(subjects.filter((subject) => subject.includes('is due soon'))).toHaveLength(1)
  const toOf = (subject: string) => report.emails.filter((mail) => mail.subject.includes(subject)).map(({ to }) => to)
  expect(toOf('the five business days are over')).toEqual(['spock@microsoft.com', 'spock@microsoft.com'])
  expect(toOf('Microsoft is late')).toEqual(Array(2).fill('alice@fabrikam.com, bob@fabrikam.com, carol@fabrikam.com'))
  expect(report.steps.map((step) => step.detail).filter((detail) => detail.startsWith('escalation'))).toEqual([
    'escalation to Microsoft (sharepoint) taken by the mail service',
    'escalation 2 to Microsoft (sharepoint) taken by the mail service'
  ])
}, 300_000)

test('a refusal of Microsoft’s ends waiting, with the finding and what to do about it', async () => {
  const file = requestFile(temporaryFolder(), oneWorkload())
  const rehearsed = await rehearse('--json', '--request', file, '--scenario', 'refused')
  expect(rehearsed.code).toBe(3)
  const report = JSON.parse(rehearsed.stdout) as Report
  expect(report.outcome).toBe('waiting')
  expect(report.findings).toMatchObject([
    { requirement: 'R26', observed: expect.stringContaining('NotRegistered'), remedy: expect.stringMatching(/\w{10}/) },
    { requirement: 'R26' }
  ])
  expect(report.tasks.filter(({ name }) => name.startsWith('retry-'))).toHaveLength(2)
  expect(report.vaults).toEqual([])
}, 300_000)

test('the simulated start is the caller’s to choose, and weekends and holidays count for nothing', async () => {
  // A Wednesday before Christmas: the 25th and New Year's Day are holidays in Redmond.
  const file = requestFile(temporaryFolder(), oneWorkload())
  const report = reportOf(await rehearse('--json', '--request', file, '--from', '2026-12-23T17:00:00Z'))
  expect(report.simulated).toMatchObject({ start: expect.stringMatching(/^2026-12-23T17:0/), businessDays: 4 })
  expect(report.simulated.end).toMatch(/^2026-12-3|^2027-01-0/)
}, 300_000)

test.for([
  [['--scenario', 'flood'], '--scenario flood is not known'],
  [['--seed', '-1'], '--seed'],
  [['--from', 'yesterday'], '--from yesterday is no date'],
  [['--request', 'no-such-file.json'], 'no-such-file.json'],
  [['--colour', 'red'], '--colour']
] as const)('%j cannot be used, and nothing is started', async ([args, says]) => {
  const { code, stdout, lines } = await rehearse(...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(lines.join('\n')).toContain(says)
  expect(lines.join('\n')).not.toContain('host pid')
})

test('--help says what can be given, on standard output, and nothing is started', async () => {
  const { code, stdout, lines } = await rehearse('--help')
  expect([code, lines]).toEqual([0, []])
  for (const option of ['--request', '--scenario', '--seed', '--keep', '--from', '--app', '--requirements', '--json'])
    expect(stdout).toContain(`  ${option} `)
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
})

const fifty = process.env['CKEY_TEST_FIFTY'] === undefined
if (fifty)
  process.stderr.write('SKIPPED LOUDLY: fifty Exchange policies take minutes. Run them with CKEY_TEST_FIFTY=1.\n')

// The request and the plan of a hundred vaults are one event of some 30 KB; Azure Storage takes 60 KB without a blob beside it.
test.skipIf(fifty)(
  'fifty Exchange policies complete, and no event has 40 KB',
  async () => {
    const report = reportOf(await rehearse('--json', '--request', 'samples/fifty-exchange-policies.json'))
    expect([report.vaults.length, report.outcome]).toEqual([100, 'completed'])
    expect(report.vaults.filter((vault) => vault.keyVersions !== 1)).toEqual([])
    expect(report.history.largestEventBytes).toBeLessThan(40 * 1024)
  },
  900_000
)
