import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...globSync('{docs,infra,local,.github}/**/*.md')
]

/** Headings as their anchors are made by GitHub: in small letters, blanks as hyphens, no other signs. */
const anchorsOf = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-')
    )
  )

/** Links to files and headings of the project, outside of code. */
const linksIn = (text: string): string[] =>
  [...text.replaceAll(/```[^]*?```|`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, to = '']) =>
    /^[a-z]+:/.test(to) ? [] : [to]
  )

test('every link of a page leads to a file that is there, and to a heading of it', () => {
  const dead = pages.flatMap((page) =>
    linksIn(readFileSync(page, 'utf8'))
      .filter((link) => {
        const [path = '', anchor] = link.split('#')
        const file = path === '' ? page : join(dirname(page), path)
        if (!existsSync(file)) return true
        return anchor !== undefined && file.endsWith('.md') && !anchorsOf(readFileSync(file, 'utf8')).has(anchor)
      })
      .map((link) => `${page}: ${link}`)
  )
  expect(pages.length).toBeGreaterThan(100)
  expect(dead).toEqual([])
})
