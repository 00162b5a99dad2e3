import { readFileSync } from 'node:fs'
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

test('every variable that azd is told is one that the parameters take, and every one they take is described', () => {
  const told = [...page.matchAll(/\b(CKEY_\w+)\b/g)].map(([, name]) => name ?? '')
  const taken = [...read('infra/main.parameters.json').matchAll(/\$\{(CKEY_\w+)/g)].map(([, name]) => name ?? '')
  expect(taken.length).toBeGreaterThan(5)
  expect(taken.filter((name) => !told.includes(name))).toEqual([])
  const set = [...page.matchAll(/azd env set\s+(CKEY_\w+)/g)].map(([, name]) => name ?? '')
  expect(set.filter((name) => !taken.includes(name))).toEqual([])
})

test('the two commands of the README are what CI and the dev container run', () => {
  const commands = [...read('README.md').matchAll(/^npm ci && (npm (?:run )?\w+) /gm)].map(([, command]) => command)
  expect(commands).toEqual(['npm run rehearse', 'npm test'])
  const ci = read('.ci/run').split('\n')
  for (const command of ['npm ci', ...commands]) expect(ci).toContain(command)
  expect(read('.github/workflows/ci.yml')).toContain('run: bash .ci/run')
  // Chromium first, as root: without it the tests of the operators' page are skipped.
  const container = `"postCreateCommand": "npm ci && sudo bash .ci/chromium && ${commands.join(' && ')}"`
  expect(read('.devcontainer/devcontainer.json')).toContain(container)
})

test('what is taken away at the end is what the app’s identities hold, wherever it was given', () => {
  const [list = ''] = /^az role assignment list .*$/m.exec(read('docs/uninstall.md')) ?? []
  expect(list).toMatch(/ --all .*principalId=='SLOT1_PRINCIPAL_ID'/)
  expect(read('infra/main.bicep')).toContain('output SLOT1_PRINCIPAL_ID string')
})

test('what azd runs of ours is there', () => {
  const scripts = [...read('azure.yaml').matchAll(/sh (infra\/\S+\.sh)/g)].map(([, script = '']) => script)
  expect(scripts.length).toBeGreaterThan(5)
  for (const script of scripts) expect(read(script)).toContain('#!/bin/sh')
})
