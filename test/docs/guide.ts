import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

// docs/operator-guide.md shows what really happened: its blocks are compared with what the tests' own runs printed.
// A line `…` in a block stands for any number of lines left out, and between two commands there may have been others; what
// differs from run to run is masked on both sides.

const guide = join(import.meta.dirname, '..', '..', 'docs', 'operator-guide.md')

/** The guide tells this, in this order. `tag` is the second word behind the fence: ```console cli */
export function expectToldInGuide(tag: 'cli' | 'doctor' | 'page' | 'backups', happened: readonly string[]): void {
  const told = linesOf(tag)
  expect(told.length).toBeGreaterThan(5)
  const hint = 'Mend docs/operator-guide.md: what was printed is in test-output'
  expect(told.map(masked), hint).toEqual(asTold(told, happened))
}

function linesOf(tag: string): string[] {
  const blocks = readFileSync(guide, 'utf8').matchAll(new RegExp(`^\`\`\`console ${tag}\\n([^]*?)^\`\`\`$`, 'gm'))
  return [...blocks].flatMap(([, block = '']) => [...block.trimEnd().split('\n'), '…'])
}

/** The lines that happened, cut down to those the guide tells; the next one that it should have told where they part. */
function asTold(told: readonly string[], happened: readonly string[]): string[] {
  const lines = happened.flatMap((each) => each.split('\n')).map(masked)
  const seen: string[] = []
  let next = 0
  let skipping = true
  for (const line of told) {
    if (line === '…') {
      skipping = true
      seen.push(line)
      continue
    }
    const found = skipping || line.startsWith('$ ') ? indexIn(lines, masked(line), next) : next
    seen.push(found < 0 ? `nothing after line ${String(next)} is like that` : (lines[found] ?? 'nothing more'))
    if (found >= 0) next = found + 1
    skipping = false
  }
  return seen
}

/** What is left out ends where the next command begins, unless that is what is looked for. */
function indexIn(lines: readonly string[], line: string, from: number): number {
  const found = lines.indexOf(line, from)
  const command = lines.findIndex((each, index) => index >= from && each.startsWith('$ '))
  return line.startsWith('$ ') || command < 0 || found < command ? found : -1
}

const masks: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'GUID'],
  [/\b[0-9a-f]{32,64}\b/g, 'HEX'],
  [/\b(plan|Plan) [0-9a-f]{8}\b/g, '$1 HEX'],
  [/\b\d\d:\d\d\b/g, 'TIME'],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT'],
  [/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT'],
  [/Node \d+\.\d+\.\d+/g, 'Node VERSION'],
  [/\d+ (?:d|h|min|s)\b(?: \d+ (?:h|min)\b)?/g, 'SPAN'],
  [/\b\d+ (steps|batches|records|entries|requirements|attested|shown|things|notes|well)\b/g, 'N $1']
]

const masked = (line: string): string =>
  masks.reduce((text, [pattern, mask]) => text.replaceAll(pattern, mask), line.trimEnd())
