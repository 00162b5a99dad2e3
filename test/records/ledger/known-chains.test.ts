import { expect, test } from 'vitest'
import type { Entry } from '../../../src/domain/ledger/entry.ts'
import { knownChains } from '../../../src/records/ledger/known-chains.ts'

const entries = (count: number): Entry[] =>
  Array.from({ length: count }, (_, index) => ({
    n: index + 1,
    moment: '',
    sha256: '',
    said: { kind: 'claim', id: String(index), onboarding: '' }
  }))

test('what was asked for longest ago is forgotten first, by the count of all entries', () => {
  const known = knownChains(10)
  known.keep('a', entries(4))
  known.keep('b', entries(4))
  known.of('a')
  known.keep('c', entries(4))
  expect([known.of('a')?.length, known.of('b'), known.of('c')?.length]).toEqual([4, undefined, 4])
})

test('a chain that is longer than all that may be kept is kept alone', () => {
  const known = knownChains(10)
  known.keep('a', entries(1))
  known.keep('b', entries(20))
  expect([known.of('a'), known.of('b')?.length]).toEqual([undefined, 20])
})

test('what was read later than more of it does not replace that', () => {
  const known = knownChains()
  known.keep('a', entries(3))
  known.keep('a', entries(2))
  expect(known.of('a')).toHaveLength(3)
})
