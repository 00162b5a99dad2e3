import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { madePages } from '../../local/docs/pages.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const pages = madePages(read)
const runbooks = readdirSync(join(root, 'docs/runbooks')).map((name) => `docs/runbooks/${name}`)

test.for([...pages])('%s is as its lists say: npm run docs makes it', ([path, text]) => {
  expect(read(path)).toBe(text)
})

test('every runbook is of a check or of an alert', () => {
  expect(runbooks.filter((path) => !pages.has(path) && !path.startsWith('docs/runbooks/alert-'))).toEqual([])
})

test('every alert has its page, in the list too, and every such page its alert', () => {
  const alerts = [
    ...read('infra/modules/alerts.bicep').matchAll(/^ {4}name: '([a-z-]+)'$|'alert-\S+-ck-([a-z]+)'/gm)
  ].map(([, ofQuery, name = ofQuery]) => `docs/runbooks/alert-${name ?? ''}.md`)
  expect(alerts.length).toBeGreaterThan(4)
  expect(runbooks.filter((path) => path.includes('/alert-')).toSorted()).toEqual(alerts.toSorted())
  const list = read('docs/runbooks/README.md')
  expect(alerts.filter((path) => !list.includes(`](${path.replace('docs/runbooks/', '')})`))).toEqual([])
})

test.for(runbooks.filter((path) => path.includes('/alert-')))(
  '%s says what it means, how to check it by hand with az, how to cure it and what follows',
  (path) => {
    const page = read(path)
    for (const part of ['What it means', 'Check it by hand', 'Cure it', 'Afterwards']) {
      const content = page.split(`## ${part}\n`)[1]?.split('\n## ')[0] ?? ''
      expect(content.trim().length, part).toBeGreaterThan(20)
    }
    expect(page.split('## Check it by hand')[1]).toMatch(/```sh\n(az |ckey )/)
  }
)
