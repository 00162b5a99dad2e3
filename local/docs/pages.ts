import { allChecks } from '../../src/domain/checks/all-checks.ts'
import { routesTable } from './routes-table.ts'
import { requirementsTable } from './requirements-table.ts'
import { privacyTable } from './privacy-table.ts'
import { runbookPage } from './runbook-page.ts'

/**
 * The pages that are made of checks, requirements and routes, by path: whole ones, and those of which a part is.
 * `read`: the text of a page as it stands.
 */
export const madePages = (read: (path: string) => string): ReadonlyMap<string, string> =>
  new Map([
    ...allChecks.map((check) => [`docs/runbooks/${check.code}.md`, runbookPage(check)] as const),
    ['docs/runbooks/README.md', withPart(read('docs/runbooks/README.md'), runbooksTable())],
    ['README.md', withPart(read('README.md'), routesTable())],
    ['docs/requirements.md', withPart(read('docs/requirements.md'), requirementsTable())],
    ['docs/privacy.md', withPart(read('docs/privacy.md'), privacyTable())]
  ])

const runbooksTable = (): string =>
  [
    '| finding | requirement | what it means |',
    '|---|---|---|',
    ...allChecks
      .toSorted((one, other) => (one.code < other.code ? -1 : 1))
      .map(({ code, requirement, means }) => `| [${code}](${code}.md) | ${requirement} | ${firstSentence(means)} |`)
  ].join('\n')

const firstSentence = (text: string): string => /^.*?[.:](?= |$)/.exec(text)?.[0].replace(/:$/, '.') ?? text

const [begin, end] = ['<!-- made by npm run docs -->', '<!-- as far as here -->']

function withPart(page: string, part: string): string {
  const [before, rest = ''] = page.split(begin)
  const after = rest.split(end)[1]
  if (before === undefined || after === undefined)
    throw new Error(`A page has no place for its table. Put ${begin} and ${end} around it, then make it again.`)
  return `${before}${begin}\n${part}\n${end}${after}`
}
