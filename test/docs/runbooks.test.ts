import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'docs', 'runbooks')
const pages = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => name.replace('.md', ''))
const text = (code: string): string => readFileSync(join(folder, `${code}.md`), 'utf8')

/** Findings that no table of checks names: what they are called, and where. */
const others: readonly (readonly [code: string, requirement: string, file: string, said: string])[] = [
  ['unreachable', 'R7', 'src/orchestrators/until-held.ts', 'unreachable-${about.code}'],
  ['mail-not-delivered', 'R22', 'src/domain/mails/mail-delivery.ts', 'mail-not-delivered-'],
  ['backup-unreachable', 'R45', 'src/steps/backups/sweep-vault.ts', 'backup-unreachable-'],
  ['vault-reachable', 'R45', 'src/orchestrators/vault-adoption.ts', 'vault-reachable']
]

const source = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Code and requirement of every check, as the tables write them. */
function checks(): [code: string, requirement: string | undefined][] {
  const files = readdirSync(join(root, 'src/domain/checks'))
  return files.flatMap((name) =>
    [...source(`src/domain/checks/${name}`).matchAll(/code: '([a-z0-9-]+)',(?:\s*requirement: '(R\d+)')?/g)].map(
      (found): [string, string | undefined] => [found[1] ?? '', found[2]]
    )
  )
}

test('the tables of checks are read: there are many', () => {
  expect(checks().length).toBeGreaterThan(55)
  for (const [code, , file, said] of others) expect(source(file), code).toContain(said)
})

test('every finding that a check can make has its page, and every page its finding or alert', () => {
  const codes = new Set([...checks().map(([code]) => code), ...others.map(([code]) => code)])
  expect(pages.filter((code) => !code.startsWith('alert-')).toSorted()).toEqual([...codes].toSorted())
})

test('every alert has its page, and every such page its alert', () => {
  const alerts = [...source('infra/modules/alerts.bicep').matchAll(/^ {4}name: '([a-z-]+)'$/gm)].map(
    ([, name]) => `alert-${name ?? ''}`
  )
  expect(alerts.length).toBeGreaterThan(4)
  expect(pages.filter((code) => code.startsWith('alert-')).toSorted()).toEqual(alerts.toSorted())
})

test('a page names the requirement that its check names', () => {
  const known = new Map<string, string[]>()
  for (const [code, requirement] of checks())
    if (requirement) known.set(code, [...(known.get(code) ?? []), requirement])
  for (const [code, requirements] of known) {
    expect(requirements, code).toContain(/Requirement (R\d+)/.exec(text(code))?.[1])
  }
})

test.for(pages)('%s says what it means, how to check it by hand with az, how to cure it and what follows', (code) => {
  const page = text(code)
  expect(page.startsWith(`# \`${code}\`\n`)).toBe(true)
  for (const part of ['What it means', 'Check it by hand', 'Cure it', 'Afterwards']) {
    const content = page.split(`## ${part}\n`)[1]?.split('\n## ')[0] ?? ''
    expect(content.trim().length, part).toBeGreaterThan(20)
  }
  expect(page.split('## Check it by hand')[1]).toMatch(/```sh\n(az |ckey )/)
})

test('the list names every page', () => {
  const list = text('README')
  expect(pages.filter((code) => !list.includes(`](${code}.md)`))).toEqual([])
})

test('a page says that a finding can be overridden where its check may allow it, and only there', () => {
  const files = readdirSync(join(root, 'src/domain/checks'))
  const said = files.flatMap((name) =>
    source(`src/domain/checks/${name}`)
      .split(/\n {2,6}\{\n/)
      .flatMap((block) => {
        const code = /code: '([a-z0-9-]+)'/.exec(block)?.[1]
        const rule = /overridable: (\S+)/.exec(block)?.[1]
        return code === undefined || rule === undefined ? [] : [{ code, never: rule.startsWith('never') }]
      })
  )
  const never = said.filter((each) => each.never).map(({ code }) => code)
  const sometimes = said.filter((each) => !each.never).map(({ code }) => code)
  expect([never.length > 20, sometimes.length > 8]).toEqual([true, true])
  expect(never.filter((code) => text(code).includes('It can be overridden'))).toEqual([])
  expect([...sometimes, 'mail-not-delivered'].filter((code) => !text(code).includes('It can be overridden'))).toEqual(
    []
  )
})
