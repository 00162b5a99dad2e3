import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { shellFor } from '../shell.ts'

const shell = shellFor({ env: {} })
const due = (...words: string[]) => shell.ckey('due', ...words)

function holidaysFile(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ckey-due-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'holidays.txt')
  writeFileSync(file, content)
  return file
}

test('five business days over Thanksgiving are due at the same time of day in Redmond', async () => {
  expect(await due('--from', '2026-11-23T10:37:00-08:00', '--days', '5')).toEqual({
    code: 0,
    err: '',
    out: '2026-12-01T18:37:00.000Z  Tue 1 Dec 10:37 in America/Los_Angeles (5 business days; Thu 26 Nov is a holiday)\n'
  })
})

test('zone and holidays are the caller’s to choose', async () => {
  const from = ['--from', '2026-11-23T10:37:00Z', '--days', '5'] as const
  expect((await due(...from, '--holidays', 'none')).out).toMatch(/^2026-11-30T10:37:00.000Z /)
  expect((await due(...from, '--holidays', holidaysFile('2026-11-24\n\n2026-11-25\r\n'))).out).toMatch(
    /^2026-12-02T10:37:00.000Z /
  )
  expect((await due('--from', '2026-03-27T10:00:00+01:00', '--days', '1', '--zone', 'Europe/Berlin')).out).toMatch(
    /^2026-03-30T08:00:00.000Z /
  )
  expect(JSON.parse((await due(...from, '--json')).out)).toMatchObject({ due: '2026-12-01T10:37:00.000Z', days: 5 })
})

test.for([
  [['--days', '5'], '--from'],
  [['--from', '2026-11-23'], 'moment with its offset'],
  [['--from', '2026-11-23T10:37:00'], 'moment with its offset'],
  [['--from', '2026-11-23T10:37:00Z', '--days', '-1'], 'whole number'],
  [['--from', '2026-11-23T10:37:00Z', '--days', '5', '--zone', 'Mars/Olympus'], 'IANA zone'],
  [['--from', '2026-11-23T10:37:00Z', '--days', '5', '--holidays', 'no-such-file'], 'holidays cannot be read']
] as const)('%j cannot be used', async ([words, says]) => {
  expect(await due(...words)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(says) })
})

test('every line of a file that is no date is named', async () => {
  const file = holidaysFile('2026-11-24\nChristmas\n2026-02-30\n')
  expect(await due('--from', '2026-11-23T10:37:00Z', '--days', '5', '--holidays', file)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/line 2, "Christmas"; line 3, "2026-02-30"/)
  })
})

test('where the table of holidays does not reach, it says so instead of counting wrongly', async () => {
  const late = await due('--from', '2040-12-24T10:00:00-08:00', '--days', '1')
  expect(late).toMatchObject({ code: 2, out: '' })
  expect(late.err).toContain('known here from 2024 to 2036 only')
  expect((await due('--from', '2040-12-24T10:00:00-08:00', '--days', '1', '--holidays', 'none')).code).toBe(0)
})
