import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const lines = [
  'A person is an object id of one tenant',
  'Mail reaches people',
  'Separation at every gate',
  'Nobody is planned for a key whose other they touched',
  'Replacing a person',
  'Replacing an officer',
  'Adoption, and what becomes the rule',
  'Ids',
  'Rights',
  'Consent',
  'Privacy',
  'Step-up'
]

const [, section = ''] = readFileSync('SECURITY.md', 'utf8').split(/^## Two people, and nobody else.*$/m)
const [table = ''] = section.split(/^## /m)
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| line |'))
  .map((line) => line.split('|').map((cell) => cell.trim()))

test('the threat model has a row for each line of what keeps two people apart, and no other', () => {
  expect(rows.map(([, line]) => line)).toEqual(lines)
})

test.each(rows)('%s%s is held by what it says and by tests that are there', (_, line = '', how = '', tests = '') => {
  expect(how.length, line).toBeGreaterThan(10)
  const named = [...tests.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, file = '']) => file)
  expect(named.length, line).toBeGreaterThan(0)
  expect(named.filter((file) => !existsSync(file))).toEqual([])
})
