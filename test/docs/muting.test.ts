import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allChecks } from '../../src/domain/checks/all-checks.ts'
import { brokenElsewhere } from '../muting/broken-elsewhere.ts'
import { mutedChecks } from '../muting/muted-checks.ts'
import { mutingPage, wholePage, withLine } from '../muting/page.ts'

const page = readFileSync(mutingPage, 'utf8')
const run = { day: '2026-11-30', commit: 'abcdef0' }

test('the record of muting names every check: missed when it was silenced, or with the reason why it is not', () => {
  const line = (code: string) => page.split('\n').find((each) => each.startsWith(`| \`${code}\` |`)) ?? ''
  const fits = (code: string): boolean =>
    (mutedChecks.includes(code)
      ? / \| missed \| \d{4}-\d\d-\d\d \| [0-9a-f]{7,} \|$/
      : brokenElsewhere[code]?.test === undefined
        ? / \| not at all: \w/
        : / \| not by itself: \w.*; (missed by `test\/[^`]+` \| \d{4}-\d\d-\d\d \| [0-9a-f]{7,} \|$|not silenced yet)/
    ).test(line(code))
  // One that is new, or was mended: npm run muting -- --only CHECK
  expect(allChecks.map(({ code }) => code).filter((code) => !fits(code))).toEqual([])
})

test('the record of muting says when all were silenced, and on which commit', () => {
  expect(page).toMatch(
    /^Last whole run: \d{4}-\d\d-\d\d, commit [0-9a-f]{7,}, \d+ minutes: \d+ of \d+ checks silenced, \d+ missed\.$/m
  )
})

test('a whole run names what nobody missed, and a run of one writes its line alone', () => {
  const [code = ''] = mutedChecks
  const whole = wholePage({ ...run, minutes: 20, unmissed: [code] }, page)
  expect(whole).toContain(
    `| \`${code}\` | ${allChecks.find((each) => each.code === code)?.requirement ?? ''} | nobody missed it |`
  )
  const [other = ''] = Object.keys(brokenElsewhere)
  expect(whole).toContain(page.split('\n').find((line) => line.startsWith(`| \`${other}\` |`))) // what was found stays
  const mended = withLine(whole, code, true, { ...run, commit: '1234567' })
  expect(mended.split('\n').filter((line) => !whole.split('\n').includes(line))).toEqual([
    expect.stringMatching(/\| missed \| 2026-11-30 \| 1234567 \|$/)
  ])
})
