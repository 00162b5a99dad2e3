import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (file: string): string => readFileSync(file, 'utf8')
const page = read('docs/deploy.md')

/** Names of a template's parameters. */
const parametersOf = (file: string): string[] => [...read(file).matchAll(/^param (\w+)/gm)].map(([, name = '']) => name)

test.each(['infra/main.bicep', 'infra/slot.bicep'])('every parameter of %s is described', (file) => {
  const described = new Set([...page.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  const known = parametersOf(file).filter((name) => !['environmentName', 'tags'].includes(name))
  expect(known.length).toBeGreaterThan(7)
  expect(known.filter((name) => !described.has(name))).toEqual([])
})

test('every variable that azd is told is one that the parameters or a hook take, and every one they take is described', () => {
  const told = [...page.matchAll(/\b(CKEY_\w+)\b/g)].map(([, name]) => name ?? '')
  const taken = [...read('infra/main.parameters.json').matchAll(/\$\{(CKEY_\w+)/g)].map(([, name]) => name ?? '')
  expect(taken.length).toBeGreaterThan(5)
  expect(taken.filter((name) => !told.includes(name))).toEqual([])
  const set = [...page.matchAll(/azd env set\s+(CKEY_\w+)/g)].map(([, name]) => name ?? '')
  const byHooks = [...read('infra/package-writer.sh').matchAll(/\$\{(CKEY_\w+):-/g)].map(([, name]) => name ?? '')
  expect(set.filter((name) => ![...taken, ...byHooks].includes(name))).toEqual([])
})

test('the two commands of the README are what CI runs, and the dev container only makes ready for them', () => {
  const commands = [...read('README.md').matchAll(/^npm ci && (npm (?:run )?\w+) /gm)].map(([, command]) => command)
  expect(commands).toEqual(['npm run rehearse', 'npm test'])
  const ci = read('.ci/run').split('\n')
  for (const command of ['npm ci', ...commands]) expect(ci).toContain(command)
  expect(read('.github/workflows/ci.yml')).toContain('run: bash .ci/run')
  // Chromium first, as root: without it the tests of the operators' page are skipped.
  expect(read('.devcontainer/devcontainer.json')).toContain('"postCreateCommand": "npm ci && sudo bash .ci/chromium"')
})

test('what azd runs of ours is there', () => {
  const scripts = [...read('azure.yaml').matchAll(/(?:sh|pwsh) (infra\/[\w-]+\.(?:sh|ps1))/g)].map(
    ([, script = '']) => script
  )
  expect(scripts.length).toBeGreaterThan(5)
  for (const script of scripts) expect(read(script)).toMatch(/^#!\/(?:bin\/sh|usr\/bin\/env pwsh)$/m)
})

test('what others wrote and CI runs is the commit that was looked at, whatever its tag becomes', () => {
  const used = globSync('.github/workflows/*.yml').flatMap((file) =>
    [...read(file).matchAll(/uses: (\S+)( # v\S+)?/g)].map(([, action = '', version]) => ({ action, version }))
  )
  expect(used.length).toBeGreaterThan(3)
  for (const { action, version } of used)
    expect([action, version]).toEqual([expect.stringMatching(/@[0-9a-f]{40}$/), expect.any(String)])
})

test('the licence that the package names is there, and the changelog begins with its version', () => {
  const { license, version } = JSON.parse(read('package.json')) as { license: string; version: string }
  expect(read('LICENSE')).toContain(`${license} License`)
  expect(/^## (\S+?),? /m.exec(read('CHANGELOG.md'))?.[1]).toBe(version)
})
