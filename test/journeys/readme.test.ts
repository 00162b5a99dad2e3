import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rehearse } from './rehearsal-process.ts'

/** `…` at its end: the line goes on; alone: lines are left out. */
const shown = (/^## What you will see\n\n```\n([^]*?)^```$/m.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '').trimEnd().split('\n')

test('what the README says one will see is what a rehearsal prints', { timeout: 180_000 }, async () => {
  const { code, stdout } = await rehearse()
  expect(code).toBe(0)
  const printed = stdout.split('\n')
  let next = 0
  for (const line of shown.filter((each) => each.trim() !== '' && each.trim() !== '…')) {
    const [start = '', cut] = line.split(/ …$/)
    const isIt = (each: string): boolean => cut === undefined ? each.trimEnd() === start : each.startsWith(start)
    const found = printed.findIndex((each, index) => index >= next && isIt(each))
    expect(found, `the rehearsal prints no such line: ${line}`).toBeGreaterThanOrEqual(next)
    next = found + 1
  }
})
