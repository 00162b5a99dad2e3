import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** ` …` at its end: the line goes on; alone: lines are left out. */
const shown = (/^## What you will see\n\n```\n([^]*?)^```$/m.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '')
  .trimEnd()
  .split('\n')

/** What the README says one will see, line after line, is what a rehearsal printed. */
export function expectShownInReadme(printed: readonly string[]): void {
  expect(shown.length).toBeGreaterThan(10)
  let next = 0
  for (const line of shown.filter((each) => each.trim() !== '' && each.trim() !== '…')) {
    const [start = '', cut] = line.split(/ …$/)
    const isIt = (each: string): boolean => (cut === undefined ? each.trimEnd() === start : each.startsWith(start))
    const found = printed.findIndex((each, index) => index >= next && isIt(each))
    expect(found, `the rehearsal prints no such line: ${line}`).toBeGreaterThanOrEqual(next)
    next = found + 1
  }
}
