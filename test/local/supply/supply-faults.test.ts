import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packagesIn } from '../../../local/supply/lockfile.ts'
import { supplyFaults } from '../../../local/supply/supply-faults.ts'

const own = packagesIn(readFileSync('package-lock.json', 'utf8'))

test('every locked package has a licence that somebody agreed to, and a digest', () => {
  expect(own.length).toBeGreaterThan(500)
  expect(supplyFaults(own)).toEqual([])
})

test.for([
  ['a licence nobody has read', { license: 'GPL-3.0' }, 'good 1.0.0 has the licence GPL-3.0'],
  ['no licence at all', { license: undefined }, 'good 1.0.0 has the licence (none)'],
  ['a licence that only what is not deployed may have', { license: 'MPL-2.0' }, 'good 1.0.0 has the licence MPL-2.0'],
  ['no digest', { integrity: undefined }, 'good 1.0.0 has no integrity digest']
] as const)('%s is a fault', ([, change, says]) => {
  const good = { name: 'good', version: '1.0.0', license: 'MIT', integrity: 'sha512-x' }
  expect(supplyFaults([good])).toEqual([])
  const { license, integrity } = { ...good, ...change }
  expect(
    supplyFaults([{ name: 'good', version: '1.0.0', ...(license && { license }), ...(integrity && { integrity }) }])
  ).toEqual([expect.stringContaining(says)])
})

test('nothing runs at install, whatever a package brings', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m)
})
