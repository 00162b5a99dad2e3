import { expect, test } from 'vitest'
import { zip } from '../../../src/domain/terms/zip.ts'

test('each goes with its other, an absent value too', () => {
  expect(zip(['a', 'b'], [1, undefined])).toEqual([
    ['a', 1],
    ['b', undefined]
  ])
})

test('lists of two lengths are no pairs', () => {
  expect(() => zip(['a', 'b'], [1])).toThrow('2 and 1 do not make pairs.')
})
